using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Model;

namespace IIKernel.Uncertainty;

/// <summary>
/// Compares a backend's draw at the point inputs with the point estimate. Amounts are judged by the nation's, so that a small figure's
/// rounding is not judged by its own size: those of sectors, which are the table's, by the sum of the sectors; all others, which are the
/// accounts' and may be of another size, by the nation's of their year. Percentages are judged by 100. A figure that is undefined at the
/// point (the growth of 0) says nothing about the backend.
/// </summary>
public static class PointCheck
{
    /// <summary>What the two routes may differ by; rounding alone sets them apart, an LU solve against an explicit inverse.</summary>
    public const double Tolerance = 1e-10;

    /// <summary>The largest distance and the figure that has it; 0 and null where every figure agrees to the bit.</summary>
    /// <param name="keys">The figures to compare.</param>
    /// <param name="pointDraw">The backend's outputs at the point.</param>
    public static (double Distance, EstimateKey? Figure) Of(IReadOnlyList<EstimateKey> keys, IReadOnlyList<double> pointDraw)
    {
        var scales = keys.Where(k => k.Measure == Measure.Value && k.Kind is EntityKind.Nation or EntityKind.Sector)
            .GroupBy(k => (k.Kind == EntityKind.Sector, k.Year, k.Component))
            .ToDictionary(g => g.Key, g => g.Sum(k => Math.Abs(k.Point)));
        var (largest, figure) = (0.0, (EstimateKey?)null);
        foreach (var key in keys)
        {
            var drawn = pointDraw[key.Output];
            if (drawn == key.Point || !double.IsFinite(key.Point)) continue;
            var scale = key.Measure == Measure.Value
                ? scales[(key.Kind == EntityKind.Sector, key.Year, key.Component)] : Math.Max(100, Math.Abs(key.Point));
            var distance = Math.Abs(drawn - key.Point) / scale;
            if (!(distance <= largest)) (largest, figure) = (distance, key);
        }

        return (largest, figure);
    }

    /// <summary>The largest distance, within <see cref="Tolerance"/>.</summary>
    /// <param name="backend">The backend that evaluated the point.</param>
    /// <param name="keys">The figures to compare.</param>
    /// <param name="pointDraw">The backend's outputs at the point.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate: its results would be wrong.</exception>
    public static double Require(BackendInfo backend, IReadOnlyList<EstimateKey> keys, IReadOnlyList<double> pointDraw)
    {
        var (distance, figure) = Of(keys, pointDraw);
        if (figure is null || distance <= Tolerance) return distance;
        string[] words = [figure.Scope, figure.Code, figure.Component.ToString(), figure.Measure.ToString()];
        var name = string.Join(' ', words.Where(w => w.Length > 0)).ToLowerInvariant();
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"The backend {backend.Name} ({backend.Device}) misses the point estimate: {name} of {figure.Year} is ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{pointDraw[figure.Output]:g6} instead of {figure.Point:g6}, a relative distance of {distance:0.0e-0}, ")
            + string.Create(CultureInfo.InvariantCulture, $"more than {Tolerance:0e-0}. Its results are refused. ")
            + "Figures of wildly different sizes lose their digits to each other: look at the units of that figure's accounts first; "
            + "where they are right, choose another backend.");
    }
}
