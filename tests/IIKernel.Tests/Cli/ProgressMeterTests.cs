using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class ProgressMeterTests
{
    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    [Fact]
    public void Share_rate_and_time_left_are_those_of_the_pass()
    {
        var clock = new Clock();
        var meter = new ProgressMeter("drawing", "draws", 1_000_000, clock);
        clock.Now = TimeSpan.FromSeconds(2);
        Assert.Equal("drawing: 2 s so far", meter.Line());
        meter.Report(0);
        Assert.Equal("drawing: 0 % of 1,000,000 draws", meter.Line());
        meter.Report(0.25);
        Assert.Equal("drawing: 25 % of 1,000,000 draws, 125,000 draws/s, 6 s left", meter.Line());
        meter.Report(1);
        Assert.Equal("drawing: 100 % of 1,000,000 draws, what follows takes a moment", meter.Line());

        // Another pass over the draws begins with its own clock.
        clock.Now = TimeSpan.FromSeconds(3);
        meter.Report(0.01);
        clock.Now = TimeSpan.FromSeconds(4);
        meter.Report(0.5);
        Assert.Equal("drawing: 50 % of 1,000,000 draws, pass 2, 500,000 draws/s, 1 s left", meter.Line());
        clock.Now = TimeSpan.FromSeconds(3_603);
        Assert.Equal("drawing: 50 % of 1,000,000 draws, pass 2, 139 draws/s, 60 min left", meter.Line());

        // Other work begins with its first report, with a clock and a count of its own.
        var next = meter.Stage("each source alone", "draws", 1000);
        Assert.StartsWith("drawing: 50 %", meter.Line(), StringComparison.Ordinal);
        next.Report(0.1);
        clock.Now = TimeSpan.FromSeconds(3_604);
        next.Report(0.5);
        Assert.Equal("each source alone: 50 % of 1,000 draws, 500 draws/s, 1 s left", meter.Line());
    }
}
