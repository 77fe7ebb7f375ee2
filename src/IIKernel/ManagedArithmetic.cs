using System.Runtime.CompilerServices;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace IIKernel;

/// <summary>Linear algebra in the order of one implementation, whatever native libraries a machine or its environment offer.</summary>
internal static class ManagedArithmetic
{
#pragma warning disable CA2255 // Whichever room comes first: the package asks the environment the first time that it is used.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Choose() => LinearAlgebraControl.UseManaged();
}
