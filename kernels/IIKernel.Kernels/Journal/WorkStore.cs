using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>Records of work, none of which says the same as another.</summary>
public sealed class WorkStore
{
    private readonly Dictionary<WorkKey, List<WorkRecord>> _records = [];

    /// <summary>Number of records.</summary>
    public int Count => _records.Values.Sum(r => r.Count);

    /// <summary>All records.</summary>
    public IEnumerable<WorkRecord> Records => _records.Values.SelectMany(r => r);

    /// <summary>What is known of some work, by its segments: disjoint ranges.</summary>
    public IReadOnlyList<WorkRecord> Find(WorkKey key) => _records.TryGetValue(key, out var known) ? known : [];

    /// <summary>Adds a record, in the place of those that it covers.</summary>
    /// <exception cref="ArgumentException">It overlaps with another that it does not cover: both say something of a segment.</exception>
    public void Add(WorkRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var known = _records.TryGetValue(record.Key, out var list) ? list : _records[record.Key] = [];
        known.RemoveAll(r => r.Range.First >= record.Range.First && r.Range.End <= record.Range.End);
        if (known.Exists(r => r.Range.First < record.Range.End && record.Range.First < r.Range.End))
            throw new ArgumentException($"Something of the segments {record.Range} is known already.", nameof(record));
        known.Add(record);
        known.Sort((a, b) => a.Range.First.CompareTo(b.Range.First));
    }

    /// <summary>Adds a record that somebody else may have found too.</summary>
    /// <exception cref="ArgumentException">What is known of the same segments is something else, or of some of them only.</exception>
    public void Join(WorkRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var known = Find(record.Key);
        if (known.FirstOrDefault(r => r.Range == record.Range) is { } same)
        {
            if (!AreEqual(same.Payload, record.Payload))
                throw new ArgumentException($"Something else is known of the segments {record.Range}.", nameof(record));
        }
        else if (Missing(known, record.Range).Count > 0)
        {
            Add(record);
        }
    }

    /// <summary>Forgets what is known of some work.</summary>
    public void Remove(WorkKey key) => _records.Remove(key);

    /// <summary>Replaces every record's payload by another of the same bytes.</summary>
    /// <param name="payload">The new one of a record.</param>
    public void Move(Func<WorkRecord, IWorkPayload> payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        foreach (var known in _records.Values)
            for (var i = 0; i < known.Count; i++) known[i] = known[i] with { Payload = payload(known[i]) };
    }

    private static bool AreEqual(IWorkPayload a, IWorkPayload b)
    {
        using var first = a.Open();
        using var second = b.Open();
        if (first.Length != second.Length) return false;
        var (left, right) = (new byte[1 << 16], new byte[1 << 16]);
        while (true)
        {
            var count = first.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            if (count == 0) return true;
            second.ReadExactly(right.AsSpan(0, count));
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count))) return false;
        }
    }

    /// <summary>The segments of a range that no record of some work covers.</summary>
    internal static IReadOnlyList<SegmentRange> Missing(IReadOnlyList<WorkRecord> known, SegmentRange range)
    {
        var missing = new List<SegmentRange>();
        var at = range.First;
        foreach (var record in known)
        {
            if (record.Range.First >= range.End) break;
            if (record.Range.First > at) missing.Add(new(at, record.Range.First - at));
            at = Math.Max(at, record.Range.End);
        }

        if (at < range.End) missing.Add(new(at, range.End - at));
        return missing;
    }
}
