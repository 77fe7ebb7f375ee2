namespace IIKernel.Sensitivity;

/// <summary>The study's table has uncertain flows, which an analysis of inputs leaves at their point values.</summary>
public sealed record FlowsHeldWarning : Warning;
