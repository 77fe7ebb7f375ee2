using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Teaches ILGPU, which knows no code for it, what <see cref="Math.FusedMultiplyAdd(double, double, double)"/> is on a
/// device: <c>fma.rn.f64</c> in PTX, <c>fma</c> in OpenCL C. Both round once, as IEEE 754 asks.
/// </summary>
internal static class DeviceIntrinsics
{
    static DeviceIntrinsics() => RemappedIntrinsics.AddRemapping(
        typeof(Math), typeof(DeviceIntrinsics), nameof(FusedMultiplyAdd), typeof(double), typeof(double), typeof(double));

    /// <summary>Registers the instruction with the contexts that <paramref name="builder"/> makes.</summary>
    public static void Register(Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        var method = typeof(DeviceIntrinsics).GetMethod(nameof(FusedMultiplyAdd))!;
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(DeviceIntrinsics), nameof(EmitPtx), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new CLIntrinsic(typeof(DeviceIntrinsics), nameof(EmitOpenCl), IntrinsicImplementationMode.GenerateCode));
    }

    /// <summary>a·b + c with one rounding; what compilers for devices put in the place of Math's function.</summary>
    [IntrinsicImplementation]
    public static double FusedMultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    private static void EmitPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var a = generator.LoadPrimitive(call.Nodes[0]);
        var b = generator.LoadPrimitive(call.Nodes[1]);
        var c = generator.LoadPrimitive(call.Nodes[2]);
        var target = generator.AllocateHardware(call);
        using var command = generator.BeginCommand("fma.rn.f64");
        command.AppendArgument(target);
        command.AppendArgument(a);
        command.AppendArgument(b);
        command.AppendArgument(c);
    }

    private static void EmitOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var a = generator.Load(call.Nodes[0]);
        var b = generator.Load(call.Nodes[1]);
        var c = generator.Load(call.Nodes[2]);
        var target = generator.Allocate(call);
        using var statement = generator.BeginStatement(target);
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(a);
        statement.AppendArgument(b);
        statement.AppendArgument(c);
        statement.EndArguments();
    }
}
