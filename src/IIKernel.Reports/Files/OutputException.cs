namespace IIKernel.Reports.Files;

/// <summary>Outputs that cannot be written: the message says what was found, what was expected and what to do.</summary>
public sealed class OutputException(string message) : Exception(message);
