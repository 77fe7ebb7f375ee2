namespace IIKernel.Importing;

/// <summary>A table was imported in another unit than its sheet says.</summary>
/// <param name="Table">The sheet.</param>
/// <param name="Place">Where it says its unit.</param>
/// <param name="Said">The unit that it says.</param>
/// <param name="Taken">The unit that was taken.</param>
public sealed record ImportUnitWarning(string Table, string Place, string Said, string Taken) : Warning;
