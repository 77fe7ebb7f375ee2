namespace IIKernel.Kernels;

/// <summary>A device that cannot be used, or whose results cannot.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : Exception(message, inner);
