namespace IIKernel;

/// <summary>Something the user must know about a result; data, not text on a terminal.</summary>
/// <param name="Code">Stable code, such as "growth-elasticity".</param>
/// <param name="Message">One sentence for a reader.</param>
public sealed record Warning(string Code, string Message);
