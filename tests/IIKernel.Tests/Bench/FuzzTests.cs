using System.Globalization;
using IIKernel.Bench.Fuzz;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Bench;

/// <summary>
/// Readers on inputs that are nearly right, for some seconds. The seed is printed; IIKERNEL_FUZZ_SEED sets it and IIKERNEL_FUZZ_SECONDS how
/// long it takes. Inputs that crash are written to fuzz-crashes in the working folder, with the seed in their names.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seconds = 8;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(t => t.Name)];

    [Fact]
    public void Readers_end_in_success_or_in_faults()
    {
        // Another seed a day: what one day does not meet, another may.
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("IIKERNEL_FUZZ_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : (ulong)DateTime.UtcNow.Date.Ticks;
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("IIKERNEL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var s)
            ? s : Seconds;
        var fuzzer = new Fuzzer(FuzzTargets.All, seed);
        fuzzer.Run(long.MaxValue, TimeSpan.FromSeconds(seconds), Environment.ProcessorCount);
        output.WriteLine($"seed {seed}, {fuzzer.Tallies.Sum(t => t.Executions)} executions");
        fuzzer.Save("fuzz-crashes");
        Assert.True(fuzzer.Crashes.Count == 0, $"seed {seed}: "
            + string.Join('\n', fuzzer.Crashes.Select(c => $"{c.Target}, execution {c.Execution}: {c.Why}")));
    }

    // Else all that is tried would be refused for the same reason.
    [Theory]
    [MemberData(nameof(Targets))]
    public void Seeds_are_right_and_what_is_made_of_them_is_both_read_and_refused(string name)
    {
        var target = FuzzTargets.All.Single(t => t.Name == name);
        Assert.All(target.Seeds, seed => target.Read(seed));
        var fuzzer = new Fuzzer([target], 1);
        fuzzer.Run(1000, TimeSpan.MaxValue, 1);
        var tally = Assert.Single(fuzzer.Tallies);
        Assert.Equal(1000, tally.Executions);
        Assert.InRange(tally.Read, 10, 990);
        Assert.NotEmpty(tally.Faults);
    }

    [Fact]
    public void An_execution_is_the_same_whatever_the_threads()
    {
        var (one, other) = (new Fuzzer(FuzzTargets.All, 7), new Fuzzer(FuzzTargets.All, 7));
        one.Run(500, TimeSpan.MaxValue, 1);
        other.Run(500, TimeSpan.MaxValue, 4);
        Assert.Equal(one.Tallies.Select(t => (t.Executions, t.Read)), other.Tallies.Select(t => (t.Executions, t.Read)));
        Assert.Equal(one.InputOf(499).Input, other.InputOf(499).Input);
    }

    [Theory]
    [InlineData("throws", "InvalidOperationException in")]
    [InlineData("words", "a fault without words")]
    [InlineData("none", "no fault")]
    [InlineData("memory", "allocates 25")]
    public void What_is_no_message_is_a_crash(string kind, string why)
    {
        var fuzzer = new Fuzzer([new("t", 1, [], random => [(byte)random.Next(256)], _ =>
        {
            switch (kind)
            {
                case "throws": throw new InvalidOperationException("x");
                case "words": throw new StudyException([new("f", "", "x", "", "y")]);
                case "none": throw new StudyException([]);
                default: GC.KeepAlive(new byte[Fuzzer.MostAllocated + 1]); break;
            }
        })], 3);
        fuzzer.Run(1, TimeSpan.MaxValue, 1);
        var crash = Assert.Single(fuzzer.Crashes);
        Assert.Contains(why, crash.Why, StringComparison.Ordinal);
        Assert.Equal(fuzzer.InputOf(0).Input, crash.Input);
        var folder = Directory.CreateTempSubdirectory("iikernel-fuzz-").FullName;
        fuzzer.Save(folder);
        Assert.Equal(crash.Input, File.ReadAllBytes(Path.Combine(folder, "t-3-0.bin")));
        Directory.Delete(folder, recursive: true);
    }
}
