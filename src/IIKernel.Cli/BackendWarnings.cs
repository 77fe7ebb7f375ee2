namespace IIKernel.Cli;

/// <summary>A device was not used because the work is too small.</summary>
public sealed record AutoSmallWorkWarning(string Backend) : Warning;

/// <summary>A device was not used because it was refused.</summary>
public sealed record AutoDeviceNotUsedWarning(string Device, string Finding) : Warning;

/// <summary>A device was not used because another backend is faster.</summary>
/// <param name="Device">The device.</param>
/// <param name="DrawsPerSecond">What it drew in the test.</param>
/// <param name="Backend">The backend that is faster.</param>
/// <param name="BackendDrawsPerSecond">What that one drew.</param>
public sealed record AutoDeviceSlowerWarning(string Device, double DrawsPerSecond, string Backend, double BackendDrawsPerSecond) : Warning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(AutoDeviceNotUsedWarning));
}
