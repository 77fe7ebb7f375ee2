using IIKernel.Kernels.Lanes;

namespace IIKernel.Studies;

/// <summary>A unit of money: a currency and a power of ten, as written in a study ("亿元", "million USD").</summary>
/// <param name="Text">The unit as the study writes it; the label of every output.</param>
/// <param name="Currency">The currency: "CNY" for 元 and yuan, else its three-letter code.</param>
/// <param name="Scale">How many units of the currency one unit is: 1e8 for 亿元.</param>
public sealed record MonetaryUnit(string Text, string Currency, double Scale)
{
    private static readonly (string Word, double Scale)[] Chinese =
    [
        ("万亿", 1e12), ("千亿", 1e11), ("百亿", 1e10), ("十亿", 1e9), ("亿", 1e8), ("千万", 1e7), ("百万", 1e6),
        ("十万", 1e5), ("万", 1e4), ("千", 1e3), ("", 1),
    ];

    private static readonly (string Word, double Scale)[] English =
    [
        ("trillion ", 1e12), ("billion ", 1e9), ("100 million ", 1e8), ("10 million ", 1e7),
        ("million ", 1e6), ("10 thousand ", 1e4), ("thousand ", 1e3), ("", 1),
    ];

    /// <summary>What <see cref="TryParse"/> accepts, for error messages.</summary>
    public const string Expected =
        "元 with 千, 万, 百万, 千万, 亿, 十亿 or 万亿 before it, or yuan or a three-letter currency code (CNY, USD, …) "
        + "with thousand, 10 thousand, million, 100 million, billion or trillion before it";

    /// <summary>Factor that turns an amount in this unit into an amount in <paramref name="target"/>.</summary>
    /// <exception cref="ArgumentException">The two currencies differ.</exception>
    public double FactorTo(MonetaryUnit target) => Currency == target.Currency
        ? Scale / target.Scale
        : throw new ArgumentException($"{Text} cannot be converted to {target.Text}: the currencies differ.", nameof(target));

    /// <summary>The unit 10^<paramref name="powers"/> times as large, in the same language; null where no word is known for it.</summary>
    public MonetaryUnit? Shifted(int powers)
    {
        var scale = Math.Round(Scale * ScalarMath.PowerOfTen(powers), 9);
        var chinese = Text.EndsWith('元');
        var word = (chinese ? Chinese : English).Where(w => Math.Abs(scale / w.Scale - 1) < 1e-9).Select(w => w.Word).FirstOrDefault();
        if (word is null) return null;
        var currency = chinese ? "元" : Text.Split(' ')[^1];
        return this with { Text = word + currency, Scale = scale };
    }

    /// <summary>Reads a unit; false where <paramref name="text"/> is none (see <see cref="Expected"/>).</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MonetaryUnit? unit)
    {
        unit = null;
        if (text is null) return false;
        foreach (var (word, scale) in Chinese)
            if (text == word + "元") { unit = new(text, "CNY", scale); return true; }
        foreach (var (word, scale) in English)
        {
            if (!text.StartsWith(word, StringComparison.Ordinal)) continue;
            var currency = text[word.Length..];
            if (currency == "yuan") currency = "CNY";
            if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) continue;
            unit = new(text, currency, scale);
            return true;
        }

        return false;
    }
}
