namespace IIKernel.Kernels;

/// <summary>Something about how a program ran that its user should know; results are not affected.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Device">The device that it happened to.</param>
/// <param name="Cause">What the device said; empty where that adds nothing.</param>
public sealed record ProgramNote(string Code, string Device, string Cause = "")
{
    /// <summary>The device failed; the processor finished the work.</summary>
    public const string DeviceLost = "device-lost";

    /// <summary>The device gave something else than the reference; the processor did that work again and all after it.</summary>
    public const string DeviceWrong = "device-wrong";
}
