using System.Numerics;
using IIKernel.Kernels.Plan;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace IIKernel.Kernels.Gpu;

/// <summary>An open device with its compiled kernels.</summary>
internal sealed class DeviceSession : IDisposable
{
    // Threads of a group: enough to fill a multiprocessor, few enough that the registers of a draw fit.
    private const int GroupThreads = 128;

    // Groups that gather, for each multiprocessor: as many as its registers hold at the same time.
    private const int GatheringEach = 8;

    // Of the memory of a device, the most that one of the two queues takes; beyond it nothing gets faster.
    private const long QueueShare = 8;
    private const long LargestQueue = 1L << 30;

    // A processor works best in memory that stays in its caches.
    private const long ProcessorQueue = 1L << 24;

    private readonly Context _context;

    // Threads of a group that solves a table: those of a tile of the elimination. What emulates a device on a processor makes them all
    // wait for each other, one after the other.
    private const int TableThreads = 256;
    private const int EmulatedThreads = 4;

    // Groups of a multiprocessor: as many as its registers hold, which wait for memory in turn.
    private const int TablesEach = 3;

    // By the numbers of SequenceKind.
    private readonly Lazy<Evaluation>[] _evaluate;
    private readonly Lazy<Evaluation>[] _draw;
    private readonly Lazy<Evaluation>[] _evaluateSolved;
    private readonly Lazy<Gatherer>[] _accumulate;
    private readonly Lazy<Gatherer>[] _accumulateSolved;
    private readonly Lazy<Solver> _solve;
    private readonly Lazy<Solver> _solveUnrefined;
    private readonly Lazy<MixedSolver> _solveMixed;
    private readonly Lazy<SegmentAdder> _addSegments;

    private readonly int _tableThreads;

    private delegate void Evaluation(
        AcceleratorStream queue, Index1D threads, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile);

    private delegate void Gatherer(
        AcceleratorStream queue, KernelConfig groups, PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile);

    private delegate void Solver(
        AcceleratorStream queue, KernelConfig groups, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile,
        TableView tables);

    private delegate void MixedSolver(
        AcceleratorStream queue, KernelConfig groups, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile, TableView tables,
        MixedView mixed);

    private delegate void SegmentAdder(AcceleratorStream queue, Index1D threads, PassView pass, TileView tile);

    private DeviceSession(GpuDevice device, Context context, Accelerator accelerator, KernelCache cache)
    {
        _context = context;
        Accelerator = accelerator;
        QueueBytes = device.IsAccelerator ? Math.Min(device.Memory / QueueShare, LargestQueue) : ProcessorQueue;
        if (accelerator is CLAccelerator opencl) StrictOpenCl.Enable(opencl.Backend);
        var group = Math.Min(GroupThreads, accelerator.MaxNumThreadsPerGroup);
        _evaluate = Each<Evaluation>(
            nameof(EntryPoints.Evaluate), nameof(EntryPoints.EvaluateSobol), nameof(EntryPoints.EvaluateLatinHypercube));
        _draw = Each<Evaluation>(nameof(EntryPoints.Draw), nameof(EntryPoints.DrawSobol), nameof(EntryPoints.DrawLatinHypercube));
        _evaluateSolved = Each<Evaluation>(nameof(EntryPoints.EvaluateSolved), nameof(EntryPoints.EvaluateSolvedSobol),
            nameof(EntryPoints.EvaluateSolvedLatinHypercube));
        _tableThreads = Math.Min(device.Backend == DeviceCatalog.IlgpuCpu ? EmulatedThreads : TableThreads,
            accelerator.MaxNumThreadsPerGroup);
        _solve = new(() => Load<Solver>(nameof(EntryPoints.SolveTables)));
        _solveUnrefined = new(() => Load<Solver>(nameof(EntryPoints.SolveUnrefinedTables)));
        _solveMixed = new(() => Load<MixedSolver>(nameof(EntryPoints.SolveMixedTables)));

        GatheringThreads = device.Backend == DeviceCatalog.IlgpuCpu ? 1
            : 1 << BitOperations.Log2((uint)Math.Min(GatheringGroup.MostThreads, accelerator.MaxNumThreadsPerGroup));
        _accumulate = Each<Gatherer>(
            nameof(EntryPoints.Accumulate), nameof(EntryPoints.AccumulateSobol), nameof(EntryPoints.AccumulateLatinHypercube));
        _accumulateSolved = Each<Gatherer>(nameof(EntryPoints.AccumulateSolved), nameof(EntryPoints.AccumulateSolvedSobol),
            nameof(EntryPoints.AccumulateSolvedLatinHypercube));
        Sort = new(accelerator);
        _addSegments = new(() => Load<SegmentAdder>(nameof(EntryPoints.AddSegments)));

        Lazy<T>[] Each<T>(params string[] kernels)
            where T : Delegate => [.. kernels.Select(kernel => new Lazy<T>(() => Load<T>(kernel)))];

        T Load<T>(string name)
            where T : Delegate
        {
            var kernel = typeof(EntryPoints).GetMethod(name)!;
            var isOfGroups = EntryPoints.IsOfGroups(kernel);
            Backend? backend = accelerator switch
            {
                CudaAccelerator cuda => cuda.Backend,
                CLAccelerator opencl => opencl.Backend,
                _ => null,
            };
            if (backend is null)
                return isOfGroups ? accelerator.LoadKernel<T>(kernel) : accelerator.LoadImplicitlyGroupedKernel<T>(kernel, group);
            var compiled = cache.Compile(backend, kernel);
            var loaded = isOfGroups ? accelerator.LoadKernel(compiled) : accelerator.LoadImplicitlyGroupedKernel(compiled, group);
            return loaded.CreateLauncherDelegate<T>();
        }
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Memory that the tiles of one queue may take, in bytes.</summary>
    public long QueueBytes { get; }

    /// <summary>How many tables of a size are solved at the same time on one queue, in at most half of its memory.</summary>
    public int Tables(FlowPlan flows) => flows.Count == 0 ? 0
        : (int)Math.Clamp(QueueBytes / 2 / TableView.BytesOf(flows), 1, TablesEach * Accelerator.NumMultiprocessors);

    /// <summary>Threads of a group that gathers; emulated ones would wait for each other most of the time.</summary>
    public int GatheringThreads { get; }

    /// <summary>Groups that gather at the same time.</summary>
    public int GatheringGroups => GatheringEach * Accelerator.NumMultiprocessors;

    /// <summary>Evaluates the draws of a tile; the kernels that it takes are compiled when they are first asked for.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="sequence">One of <see cref="SequenceKind"/>.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="memory">Memory of the tables that are solved at the same time, where the plan draws its table.</param>
    /// <param name="tile">The draws, and where their outputs go.</param>
    public void Evaluate(
        AcceleratorStream queue, int sequence, PlanView<DeviceArray<double>, DeviceArray<int>> plan, DeviceTile memory, TileView tile)
    {
        if (plan.Flows.Count == 0)
        {
            _evaluate[sequence].Value(queue, tile.Threads, plan, tile);
            return;
        }

        SolveTables(queue, sequence, plan, memory, tile);
        _evaluateSolved[sequence].Value(queue, tile.Threads, plan, tile);
    }

    /// <summary>Evaluates the blocks of a tile and gathers their outputs, likewise.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="sequence">One of <see cref="SequenceKind"/>.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="memory">Memory of the tables that are solved at the same time, where the plan draws its table.</param>
    /// <param name="threads">Threads of a group.</param>
    /// <param name="pass">What to gather.</param>
    /// <param name="tile">The draws, and the sums of their blocks.</param>
    public void Accumulate(
        AcceleratorStream queue, int sequence, PlanView<DeviceArray<double>, DeviceArray<int>> plan, DeviceTile memory, int threads,
        PassView pass, TileView tile)
    {
        var groups = new KernelConfig(tile.Threads / GatheringGroup.Draws(threads), threads);
        if (plan.Flows.Count == 0)
        {
            _accumulate[sequence].Value(queue, groups, plan, pass, tile);
            return;
        }

        SolveTables(queue, sequence, plan, memory, tile);
        _accumulateSolved[sequence].Value(queue, groups, plan, pass, tile);
    }

    /// <summary>See <see cref="EntryPoints.AddSegments"/>.</summary>
    public void AddSegments(AcceleratorStream queue, Index1D threads, PassView pass, TileView tile) =>
        _addSegments.Value(queue, threads, pass, tile);

    /// <summary>What sorts on the device.</summary>
    public DeviceSort Sort { get; }

    /// <summary>What happened to the programs of the device, each kind once.</summary>
    public List<ProgramNote> Notes { get; } = [];

    /// <summary>Why no program uses the device any more; null while it does its work.</summary>
    public ProgramNote? Failure { get; set; }

    /// <summary>For tests: takes the device for one that never failed.</summary>
    public void Forget()
    {
        Notes.Clear();
        Failure = null;
    }

    /// <summary>A context whose kernels keep every rounding where the formulas put it.</summary>
    public static Context CreateContext(Action<Context.Builder> devices)
    {
        NativeLibraries.Register();
        StrictPtx.Enable();
        return Context.Create(builder =>
        {
            builder.Optimize(OptimizationLevel.O2);
            builder.EnableAlgorithms();
            DeviceIntrinsics.Register(builder);
            devices(builder);
        });
    }

    /// <summary>
    /// Opens <paramref name="device"/>; its kernels are compiled, or taken from <paramref name="cache"/>, when they are needed.
    /// </summary>
    public static DeviceSession Open(GpuDevice device, KernelCache cache)
    {
        var context = CreateContext(builder => Add(builder, device));
        try
        {
            // Asking for the device by its kind: a context without one would hand out a processor.
            Accelerator accelerator = device.Backend switch
            {
                DeviceCatalog.Cuda => context.GetCudaDevice(0).CreateAccelerator(context),
                DeviceCatalog.OpenCl => context.GetCLDevice(0).CreateAccelerator(context),
                _ => context.GetCPUDevice(0).CreateAccelerator(context),
            };
            return new(device, context, accelerator, cache);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }

    private void SolveTables(
        AcceleratorStream queue, int sequence, PlanView<DeviceArray<double>, DeviceArray<int>> plan, DeviceTile memory, TileView tile)
    {
        _draw[sequence].Value(queue, tile.Threads, plan, tile);
        var tables = memory.Tables;
        var groups = new KernelConfig((int)Math.Min(tables.Memory.Length / tables.Length, tile.Threads), _tableThreads);
        if (memory.IsMixed)
        {
            _solveMixed.Value(queue, groups, plan, tile, tables, memory.Mixed);
            _solveUnrefined.Value(queue, groups, plan, tile, tables);
        }
        else
        {
            _solve.Value(queue, groups, plan, tile, tables);
        }
    }

    private static void Add(Context.Builder builder, GpuDevice device)
    {
        switch (device.Backend)
        {
            case DeviceCatalog.Cuda:
                builder.Cuda(d => d.DeviceId == device.Handle);
                break;
            case DeviceCatalog.OpenCl:
                builder.OpenCL(d => d.DeviceId == device.Handle);
                break;
            default:
                builder.CPU(CPUDevice.Default);
                break;
        }
    }
}
