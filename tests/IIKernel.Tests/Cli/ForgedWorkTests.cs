using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Files of work whose checksum is right and whose content no run wrote: each is refused by its name.</summary>
public sealed class ForgedWorkTests : IDisposable
{
    private const int HashSize = 32;

    // A piece in the directory: its key, its segments, its place.
    private const int KeySize = 16, EntrySize = 40;

    private static readonly string[] Asked = ["compare", "--draws", "300", "--quiet"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-forged-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("\"shares\": *2", "\"shares\":0")]
    [InlineData("\"share\": *1", "\"share\":0")]
    [InlineData("\"share\": *1", "\"share\":7")]
    [InlineData("\"shares\": *2", "\"shares\":999")]
    [InlineData("\"shares\": *2", "\"shares\":-2")]
    [InlineData("\"round\": *1", "\"round\":-1")]
    [InlineData("\"arguments\": *\\[[^]]*\\]", "\"arguments\":null")]
    [InlineData("\"arguments\": *\\[[^]]*\\]", "\"arguments\":[null]")]
    [InlineData("\"asked\": *\\{[^}]*\\}", "\"asked\":null")]
    [InlineData("\"inputs\": *\\[[^]]*\\]", "\"inputs\":null")]
    [InlineData("\"verb\": *\"[a-z]*\"", "\"verb\":null")]
    public void Headers_that_no_run_writes_are_refused(string found, string forged)
    {
        var path = Share();
        Header(path, found, forged);
        Refused(path, "found a header that the program does not write; expected a file of work", "merge", At("work"));
    }

    [Theory]
    [InlineData(0, int.MaxValue)]
    [InlineData(0, 257)]
    [InlineData(250, 7)]
    [InlineData(-1, 2)]
    public void Segments_that_no_sample_has_are_refused(int first, int count)
    {
        var path = Share();
        Entries(path, (at, _) => at == 0 ? (first, count) : null);
        Refused(path, "found a piece outside of the file; expected a file of work", "merge", At("work"));
    }

    [Fact]
    public void What_says_something_of_a_segment_twice_is_refused()
    {
        var path = Share("run", "--draws", "5000", "--only", "coefficients", "--no-report", "--quiet");
        byte[]? key = null;
        Entries(path, (at, entry) =>
        {
            if (key is null) key = entry[..KeySize].ToArray();
            else if (at == 1) key.CopyTo(entry);
            return at < 2 ? (at, 2) : null;
        });
        Refused(path, "found something else than was written; expected a file of work", "merge", At("work"));
    }

    [Fact]
    public void More_segments_than_the_sample_has_are_refused_by_the_files_name()
    {
        // 300 draws are five segments.
        var path = Share();
        var (code, error) = CommandLineRunner.InProcess([.. Asked, "--seed", "7", "--shard", "2/2", "--work", At("work")]);
        Assert.True(code == ExitCodes.Done, error);
        Entries(path, (_, _) => (0, 200));
        Refused(path, "found work that the program did not write; expected what it writes. Remove it", "merge", At("work"));
    }

    [Fact]
    public void Names_that_say_something_else_than_the_content_are_refused()
    {
        var path = Share();
        foreach (var name in new[] { "round-7.work", "round-1-share-002-of-002.work", "round-3-share-001-of-002.work" })
        {
            File.Copy(path, At($"work/{name}"));
            if (name.StartsWith("round-3", StringComparison.Ordinal))
            {
                // Of no round that is drawn: nobody's.
                Assert.Contains("found no share 2/2", Merge(), StringComparison.Ordinal);
            }
            else
            {
                Refused(At($"work/{name}"), "found what belongs into round-1-share-001-of-002.work; expected that name. Rename it",
                    "merge", At("work"));
            }

            File.Delete(At($"work/{name}"));
        }

        // Digits of other scripts are no digits here.
        File.Copy(path, At("work/round-٣.work"));
        Assert.Contains("found no share 2/2", Merge(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_of_another_seed_is_refused_before_it_is_drawn()
    {
        var path = Share();
        Refused(path, "found --seed 7; expected --seed 8.", [.. Asked, "--seed", "8", "--shard", "2/2", "--work", At("work")]);
        Assert.Single(Directory.GetFiles(At("work")));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--version")]
    public void Arguments_that_draw_nothing_are_refused(string argument)
    {
        var path = Share();
        Header(path, "\"arguments\": *\\[[^]]*\\]", $"\"arguments\":[\"{argument}\"]");
        var (code, error) = CommandLineRunner.InProcess([.. Asked, "--seed", "7", "--shard", "2/2", "--work", At("work")]);
        Assert.True(code == ExitCodes.Done, error);
        Assert.Contains("The shares were drawn by a command that draws none.", Merge(), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    // The first of two shares.
    private string Share(params string[] asked)
    {
        if (asked.Length == 0) asked = Asked;
        var (code, error) = CommandLineRunner.InProcess([.. asked, "--seed", "7", "--shard", "1/2", "--work", At("work")]);
        Assert.True(code == ExitCodes.Done, error);
        return At("work/round-1-share-001-of-002.work");
    }

    private string Merge()
    {
        var (code, error) = CommandLineRunner.InProcess("merge", At("work"), "--quiet");
        Assert.Equal(ExitCodes.BadInput, code);
        return error;
    }

    private static void Refused(string path, string message, params string[] arguments)
    {
        var (code, error) = CommandLineRunner.InProcess([.. arguments.Where(a => a != "--quiet"), "--quiet"]);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"{path}: {message}", error, StringComparison.Ordinal);
    }

    // Another text in the place of one of the header, whose length stays.
    private static void Header(string path, string found, string forged)
    {
        var bytes = File.ReadAllBytes(path);
        const int start = 12;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        var header = Encoding.UTF8.GetString(bytes, start, length);
        var replaced = Encoding.UTF8.GetBytes(new Regex(found).Replace(header, forged, 1));
        var spare = length - replaced.Length;
        if (spare < 0)
        {
            // Room is made of what nobody reads: the time it was written.
            replaced = Encoding.UTF8.GetBytes(
                Regex.Replace(Encoding.UTF8.GetString(replaced), ",\\s*\"saved\": *\"[^\"]*\"", ""));
            spare = length - replaced.Length;
        }

        Assert.True(spare >= 0);
        replaced.CopyTo(bytes.AsSpan(start));
        bytes.AsSpan(start + replaced.Length, spare).Fill((byte)' ');
        Seal(path, bytes);
    }

    private static void Entries(string path, Func<int, Memory<byte>, (int First, int Count)?> change)
    {
        var bytes = File.ReadAllBytes(path);
        var footer = bytes.Length - HashSize - 12;
        var directory = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(footer));
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(footer + 8));
        Assert.True(count > 0);
        for (var i = 0; i < count; i++)
        {
            var entry = bytes.AsMemory(directory + i * EntrySize, EntrySize);
            if (change(i, entry) is not var (first, segments)) continue;
            BinaryPrimitives.WriteInt32LittleEndian(entry.Span[KeySize..], first);
            BinaryPrimitives.WriteInt32LittleEndian(entry.Span[(KeySize + 4)..], segments);
        }

        Seal(path, bytes);
    }

    private static void Seal(string path, byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(..^HashSize)).CopyTo(bytes.AsSpan(bytes.Length - HashSize));
        File.WriteAllBytes(path, bytes);
    }
}
