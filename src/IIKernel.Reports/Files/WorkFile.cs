using System.Security.Cryptography;
using System.Text.Json;
using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Statistics;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>
/// A file of work: a header, what was found piece by piece, a directory of the pieces, and the SHA-256 of all that. It is written under
/// another name and takes its place when it is complete, so that a file in its place is whole, whenever the machine fails.
/// </summary>
public sealed class WorkFile
{
    private const int HashSize = 32;
    private const int FooterSize = sizeof(long) + sizeof(int) + HashSize;
    private const int EntrySize = WorkKey.Size + 2 * sizeof(int) + 2 * sizeof(long);
    private const int MostHeader = 1 << 24;

    private static readonly byte[] Magic = "IIKWORK1"u8.ToArray();

    private WorkFile(WorkHeader header, IReadOnlyList<WorkRecord> records) => (Header, Records) = (header, records);

    /// <summary>Which run it belongs to.</summary>
    public WorkHeader Header { get; }

    /// <summary>The pieces, which are read from the file when they are asked for.</summary>
    public IReadOnlyList<WorkRecord> Records { get; }

    /// <summary>Whether a file begins as one of work does, whatever became of it since.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsOne(string path)
    {
        if (InputFile.Other(path) is not null) return false;
        var start = new byte[Magic.Length];
        using var stream = Open(path);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(Magic);
    }

    /// <summary>Reads a file, and looks whether it is as it was written.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="OutputException">It is damaged, or no such file: the message says what was found, without the path.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WorkFile Read(string path)
    {
        if (InputFile.Other(path) is { } other) throw Damaged(other);
        using var stream = Open(path);
        return Read(stream, () => Open(path), path);
    }

    /// <summary>Reads what is in a file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="again">Opens it again, for its pieces.</param>
    /// <param name="name">What pieces that turn out to be damaged are called by.</param>
    /// <exception cref="OutputException">It is damaged, or no such file.</exception>
    public static WorkFile Read(Stream stream, Func<Stream> again, string name = "")
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return Parse(stream, again, name);
        }
        catch (Exception exception) when (exception is JsonException or EndOfStreamException or ArgumentException or FormatException)
        {
            throw Damaged("something else than was written");
        }
    }

    /// <summary>Writes a file of all that is known, in the place of one that may be there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="header">Which run it belongs to.</param>
    /// <param name="store">What is known.</param>
    /// <param name="wanted">Whether a record is written, and read from the file from now on; null for all.</param>
    /// <exception cref="IOException">It cannot be written; what was there still is.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what was there still is.</exception>
    public static void Write(string path, WorkHeader header, WorkStore store, Func<WorkRecord, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var places = new Dictionary<WorkRecord, (long Offset, long Length)>(ReferenceEqualityComparer.Instance);
        var temporary = path + ".new";
        try
        {
            // What a killed run left; no link is followed.
            File.Delete(temporary);
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20))
            {
                WriteBody(file, header, wanted is null ? store.Records : store.Records.Where(wanted), places);
                file.Flush();
                file.Position = 0;
                var hash = SHA256.HashData(file);
                file.Write(hash);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        store.Move(record => places.TryGetValue(record, out var place)
            ? new FilePayload(() => Open(path), place.Offset, place.Length, path) : record.Payload);
    }

    private static void WriteBody(
        FileStream file, WorkHeader header, IEnumerable<WorkRecord> records, Dictionary<WorkRecord, (long Offset, long Length)> places)
    {
        using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        var text = JsonSerializer.SerializeToUtf8Bytes(header, JsonText.Options);
        writer.Write(text.Length);
        writer.Write(text);
        writer.Flush();
        foreach (var record in records)
        {
            var offset = file.Position;
            record.Payload.CopyTo(file);
            places[record] = (offset, file.Position - offset);
        }

        var directory = file.Position;
        foreach (var (record, (offset, length)) in places)
        {
            record.Key.Write(writer);
            writer.Write(record.Range.First);
            writer.Write(record.Range.Count);
            writer.Write(offset);
            writer.Write(length);
        }

        writer.Write(directory);
        writer.Write(places.Count);
    }

    private static WorkFile Parse(Stream stream, Func<Stream> again, string name)
    {
        if (stream.Length < Magic.Length + sizeof(int) + FooterSize) throw Damaged("a file that is too short");
        using var reader = new BinaryReader(stream);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw Damaged("another kind of file");
        if (!Hash(stream).AsSpan().SequenceEqual(HashOf(stream))) throw Damaged("a file that was changed or cut off after it was written");
        stream.Position = Magic.Length;
        var length = reader.ReadInt32();
        if (length is < 0 or > MostHeader || length > stream.Length) throw Damaged("a header without an end");
        var header = JsonSerializer.Deserialize<WorkHeader>(reader.ReadBytes(length), JsonText.Options) ?? throw Damaged("no header");
        if (!header.IsWhole) throw Damaged("a header that the program does not write");
        stream.Position = stream.Length - FooterSize;
        var directory = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count < 0 || directory < 0 || directory + (long)count * EntrySize + FooterSize != stream.Length)
            throw Damaged("a directory without an end");
        stream.Position = directory;
        var records = new WorkRecord[count];
        var store = new WorkStore();
        for (var i = 0; i < count; i++)
        {
            var key = WorkKey.Read(reader.ReadBytes(WorkKey.Size));
            var range = new SegmentRange(reader.ReadInt32(), reader.ReadInt32());
            var (offset, size) = (reader.ReadInt64(), reader.ReadInt64());
            if (range.First < 0 || range.Count < 1 || range.First > SampleSegments.Most - range.Count
                || offset < 0 || size < 0 || size > directory || offset > directory - size)
                throw Damaged("a piece outside of the file");
            records[i] = new(key, range, new FilePayload(again, offset, size, name));
            // Refuses what says something of a segment twice.
            store.Add(records[i]);
        }

        return new(header, records);
    }

    private static byte[] HashOf(Stream stream)
    {
        var hash = new byte[HashSize];
        stream.Position = stream.Length - HashSize;
        stream.ReadExactly(hash);
        return hash;
    }

    private static byte[] Hash(Stream stream)
    {
        stream.Position = 0;
        using var body = new FileSection(stream, 0, stream.Length - HashSize);
        return SHA256.HashData(body);
    }

    private static OutputException Damaged(string found) => new($"found {found}; expected a file of work as the program wrote it.");

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20);

    private sealed class FilePayload(Func<Stream> file, long offset, long length, string name) : IWorkPayload
    {
        public override string ToString() => name;

        public void CopyTo(Stream stream)
        {
            using var section = Open();
            section.CopyTo(stream);
        }

        public Stream Open() => new FileSection(file(), offset, length, owns: true);
    }
}
