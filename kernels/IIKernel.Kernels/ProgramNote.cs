namespace IIKernel.Kernels;

/// <summary>Something about how a program ran that its user should know; results are not affected.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ProgramNote(string Code, string Message)
{
    /// <summary>The device failed; the processor finished the work.</summary>
    public const string DeviceLost = "device-lost";
}
