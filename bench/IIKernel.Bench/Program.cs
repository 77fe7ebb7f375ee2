using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using IIKernel.Bench;

if (args is ["ratios"])
{
    Ratios.Print();
    return;
}

// In process: the machines that this runs on have little disk and two cores, and the ratios are what counts.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(new InProcessNoEmitToolchain(new()))));
