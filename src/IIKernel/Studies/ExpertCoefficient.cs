using IIKernel.Inputs;

namespace IIKernel.Studies;

/// <summary>S_k of one related sector: how far it belongs to the industrial internet (METHOD §1).</summary>
/// <param name="Sector">Index of the sector in <see cref="Tables.InputOutputTable.Sectors"/>.</param>
/// <param name="Point">Point value, in [0, 1].</param>
/// <param name="Distribution">What is believed about S_k; its support lies in [0, 1]. Null when S_k is certain.</param>
public sealed record ExpertCoefficient(int Sector, double Point, Marginal? Distribution);
