using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using IIKernel.Bench;
using IIKernel.Bench.Fuzz;
using IIKernel.Bench.Vintages;
using IIKernel.Kernels;

switch (args)
{
    case ["fuzz", .. var options]:
        Environment.ExitCode = FuzzReport.Print(options);
        return;
    case ["ratios"]:
        Ratios.Print();
        return;
    case ["checkpoints", .. var measured]:
        Checkpoints.Print(
            measured is [var sample, ..] ? long.Parse(sample, CultureInfo.InvariantCulture) : 100_000_000,
            measured is [_, var every] ? double.Parse(every, CultureInfo.InvariantCulture) : 60);
        return;
    case ["convergence"]:
        Convergence.Print();
        return;
    case ["factorizations"]:
        Factorizations.Print();
        return;
    case ["tables"]:
        Tables.Print();
        return;
    case ["cards", .. var form]:
        Cards.Print(plain: form is ["plain"]);
        return;
    case ["floors"]:
        Floors.Print();
        return;
    case ["vintages", var folder]:
        Environment.ExitCode = VintageComparison.Print(folder);
        return;
    case ["soak", .. var rest]:
        Environment.ExitCode = Soak.Print(
            rest is [var minutes, ..] ? double.Parse(minutes, CultureInfo.InvariantCulture) : 15,
            rest is [_, var draws, ..] ? long.Parse(draws, CultureInfo.InvariantCulture) : 1_000_000_000,
            rest is [_, _, .. { Length: > 0 } backends] ? backends : [SimdBackend.Name, ReferenceBackend.Name]);
        return;
}

// In process: the machines that this runs on have little disk and two cores, and the ratios are what counts.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(new InProcessNoEmitToolchain(new()))));
