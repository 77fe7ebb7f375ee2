using System.Security.Cryptography;
using IIKernel.Kernels;
using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Bench.Fuzz;

/// <summary>Inputs that are nearly a file of work.</summary>
public static class WorkInput
{
    private const int HashSize = 32;

    private static readonly Lazy<SamplePlan> Plan = new(() => new CompiledStudy(StudyReader.ReadDemonstration()).Plan(1));

    private static readonly AccumulationPass Pass = new()
    {
        Draws = 4096,
        Columns = [0, 1],
        Centres = [0, 0],
        Windows = [[new(0, 1e4), new(2e4, 3e4)], [new(-1, 1)]],
        CountsGaps = true,
        Bins = 4,
    };

    /// <summary>Files that are right.</summary>
    public static IReadOnlyList<byte[]> Seeds { get; } = [Seed()];

    /// <summary>Makes an input; in most the checksum is mended, so that what is behind it is met.</summary>
    public static byte[] Make(Random random)
    {
        var seed = Seeds[random.Next(Seeds.Count)];
        if (random.Next(8) == 0) return ByteMutation.Of(random, seed);
        var body = ByteMutation.Of(random, seed[..^HashSize]);
        return [.. body, .. SHA256.HashData(body)];
    }

    /// <summary>Reads a file, and what it says of a pass.</summary>
    /// <exception cref="StudyException">It is none.</exception>
    public static void Read(byte[] bytes)
    {
        try
        {
            var file = WorkFile.Read(new MemoryStream(bytes), () => new MemoryStream(bytes));
            var store = new WorkStore();
            foreach (var record in file.Records) store.Join(record);
            var journal = new WorkJournal { Store = store, Draws = Pass.Draws, Joins = true };
            using var program = new JournaledBackend(new SimdBackend(1), journal).Load(Plan.Value);
            program.Accumulate(Pass);
        }
        catch (Exception exception) when (
            exception is OutputException or InvalidDataException or UnfinishedWorkException or ArgumentException)
        {
            throw new StudyException([new("state.work", "", exception.Message, "a file of work", "Remove it.")]);
        }
    }

    private static byte[] Seed()
    {
        var journal = new WorkJournal { Store = new(), Draws = Pass.Draws, Interval = TimeSpan.Zero, Save = _ => { } };
        using var program = new JournaledBackend(new SimdBackend(1), journal).Load(Plan.Value);
        program.Accumulate(Pass);
        var path = Path.GetTempFileName();
        try
        {
            WorkFile.Write(path, new() { Verb = "run", Arguments = [], Asked = new Dictionary<string, string>(), Study = "", Inputs = [] },
                journal.Store);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
