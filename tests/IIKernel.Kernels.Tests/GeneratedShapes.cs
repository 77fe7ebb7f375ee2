namespace IIKernel.Kernels.Tests;

/// <summary>Generated distributions of every awkward kind: discrete, mixed, with gaps, with ends that numbers hardly hold.</summary>
internal static class GeneratedShapes
{
    private static readonly Func<System.Random, Func<double, double>>[] Kinds =
    [
        Scores, Scores, Neighbours, _ => _ => 7, Clusters, Mixture, Mixture, Sums, Products,
        AtEdges, HeavyEnd, TinyPowers, LeastNumbers, Zeros,
        _ => u => Math.Tan(Math.PI * (u - 0.5)), r => Smooth(r), r => Smooth(r), Steps, FarAndWide,
    ];

    /// <summary>The quantile function of the distribution of a number.</summary>
    public static Func<double, double> Of(int number)
    {
        var random = new System.Random(1000 + number);
        return Kinds[number % Kinds.Length](random);
    }

    // Experts' scores with two decimals, all as likely or not.
    private static Func<double, double> Scores(System.Random random)
    {
        var values = Enumerable.Range(0, random.Next(2, 30)).Select(_ => Math.Round(random.NextDouble(), 2)).ToArray();
        if (random.Next(2) == 0) Array.Sort(values);
        var power = random.Next(2) == 0 ? 1 : 0.2 + 3 * random.NextDouble();
        var scale = random.Next(2) == 0 ? 1 : 1e5 * random.NextDouble();
        return u => scale * values[Math.Min((int)(values.Length * Math.Pow(u, power)), values.Length - 1)];
    }

    private static Func<double, double> Neighbours(System.Random random)
    {
        var (value, share) = (random.NextDouble() - 0.5, random.NextDouble());
        var next = random.Next(3) == 0 ? Math.BitIncrement(Math.BitIncrement(value)) : Math.BitIncrement(value);
        return u => u < share ? value : next;
    }

    // Two continuous clusters; the first holds about as much as an interval of 50, 80, 90 or 95 %.
    private static Func<double, double> Clusters(System.Random random)
    {
        var share = new[] { 0.5, 0.8, 0.9, 0.95, random.NextDouble() }[random.Next(5)];
        var gap = Math.Pow(10, random.Next(-1, 7));
        return u => u < share ? u : 1 + gap + u;
    }

    private static Func<double, double> Mixture(System.Random random)
    {
        var atoms = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Math.Round(4 * random.NextDouble() - 2, 1)).ToArray();
        var (weight, smooth) = (random.NextDouble(), Smooth(random));
        return u => u < weight ? atoms[(int)(u / weight * atoms.Length)] : smooth((u - weight) / (1 - weight));
    }

    private static Func<double, double> Sums(System.Random random)
    {
        var (a, b, c) = (Scores(random), Scores(random), Scores(random));
        return u => a(u) + b(Further(u, 1)) + c(Further(u, 2));
    }

    private static Func<double, double> Products(System.Random random)
    {
        var (a, b) = (Scores(random), Scores(random));
        return u => a(u) * b(Further(u, 1));
    }

    // Atoms where bins of windows may well end.
    private static Func<double, double> AtEdges(System.Random random)
    {
        var count = 1 << random.Next(1, 11);
        var (low, width) = (random.Next(-3, 3) * 0.1, random.Next(1, 5) * 0.3);
        return u => low + width * Math.Floor(count * u) / count;
    }

    // An atom that carries a whole tail, or two.
    private static Func<double, double> HeavyEnd(System.Random random)
    {
        var (low, high) = (random.Next(2) * 0.2 * random.NextDouble(), 1 - 0.2 * random.NextDouble());
        var smooth = Smooth(random);
        return u => smooth(Math.Clamp(u, low, high));
    }

    // As beta(a, 1) of a small a: a great part of all is 0, the rest on any scale that numbers have.
    private static Func<double, double> TinyPowers(System.Random random)
    {
        var a = Math.Pow(10, -1 - 3 * random.NextDouble());
        return u => Math.Pow(u, 1 / a);
    }

    private static Func<double, double> LeastNumbers(System.Random random)
    {
        var count = random.Next(2, 4000);
        var sign = random.Next(2) == 0 ? -1 : 1;
        return u => sign * Math.Floor(count * u) * double.Epsilon;
    }

    private static Func<double, double> Zeros(System.Random random)
    {
        var share = random.NextDouble();
        return u => u < 0.3 ? -0.0 : u < 0.5 ? 0.0 : u < 0.5 + share / 2 ? u : -u;
    }

    // Many evenly spaced values: hardly an interval is shorter than the next.
    private static Func<double, double> Steps(System.Random random)
    {
        var count = random.Next(30, 3000);
        return u => Math.Floor(count * u);
    }

    private static Func<double, double> FarAndWide(System.Random random)
    {
        var (scale, shift) = (Math.Pow(10, random.Next(-300, 300)), random.Next(3) == 0 ? 1e6 : 0);
        return u => scale * (shift + Math.Log(u / (1 - u * 0.999999)));
    }

    private static Func<double, double> Smooth(System.Random random) => random.Next(4) switch
    {
        0 => u => u,
        1 => u => -Math.Log(1 - 0.9999999 * u),
        2 => u => Math.Exp(0.55 * Math.Log(u / (1.0000001 - u))),
        _ => u => Math.Log(u / (1.0000001 - u)),
    };

    // Another uniform number, from later digits of one.
    private static double Further(double u, int digits) => u * Math.Pow(1000, digits) % 1;
}
