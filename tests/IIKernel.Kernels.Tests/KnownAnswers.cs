namespace IIKernel.Kernels.Tests;

/// <summary>Reads the known answers beside the tests: comma-separated, a SOURCE line and a header first.</summary>
internal static class KnownAnswers
{
    public static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file))
            .Where(line => !line.StartsWith('#')).Skip(1)
            .Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray());
}
