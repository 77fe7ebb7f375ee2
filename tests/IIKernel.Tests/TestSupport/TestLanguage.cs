using System.Runtime.CompilerServices;

namespace IIKernel.Tests;

/// <summary>Tests, and the processes that they start, read English whatever the locale of the machine is.</summary>
internal static class TestLanguage
{
#pragma warning disable CA2255 // The one place where all tests begin.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set() => Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
}
