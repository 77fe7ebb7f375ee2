namespace IIKernel.Bench.Fuzz;

/// <summary>A reader of files, and inputs that are nearly what it reads.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Share">How often it is run, beside the others' shares.</param>
/// <param name="Seeds">Inputs that are right.</param>
/// <param name="Make">Makes an input of random numbers.</param>
/// <param name="Read">Reads it; ends, or throws the domain's own exception with its faults.</param>
public sealed record FuzzTarget(string Name, int Share, IReadOnlyList<byte[]> Seeds, Func<Random, byte[]> Make, Action<byte[]> Read);
