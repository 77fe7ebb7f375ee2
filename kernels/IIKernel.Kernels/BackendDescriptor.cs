namespace IIKernel.Kernels;

/// <summary>One place of this machine where a study can be drawn.</summary>
public sealed record BackendDescriptor
{
    /// <summary>Name of the backend, as the command line takes it: "simd", "cuda".</summary>
    public required string Name { get; init; }

    /// <summary>Number among the places of that name, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The hardware, in words.</summary>
    public required string Device { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether it computes in double precision.</summary>
    public required bool HasDoublePrecision { get; init; }

    /// <summary>The driver or runtime and what it offers.</summary>
    public required string Driver { get; init; }

    /// <summary>How its results compare with those of the reference.</summary>
    public required string Equality { get; init; }

    /// <summary>Whether it works through a driver, so that it is tested before its numbers are used.</summary>
    public required bool IsDriven { get; init; }

    /// <summary>Whether it is hardware of its own, not the processor under another name.</summary>
    public required bool IsAccelerator { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public required string? Refusal { get; init; }

    /// <summary>Makes the backend; takes the number of the processor's threads, at least 1, that it may use.</summary>
    public required Func<int, IBackend> Create { get; init; }
}
