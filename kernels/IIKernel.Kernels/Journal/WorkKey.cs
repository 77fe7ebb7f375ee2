using System.Security.Cryptography;

namespace IIKernel.Kernels.Journal;

/// <summary>What tells work from any other: 128 bits of the SHA-256 of its plan and its description.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct WorkKey(UInt128 Value)
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 16;

    /// <summary>The key of what is written.</summary>
    public static WorkKey Of(Action<BinaryWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Flush();
        return Read(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Reads a key.</summary>
    public static WorkKey Read(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bytes));

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write((ulong)Value);
        writer.Write((ulong)(Value >> 64));
    }
}
