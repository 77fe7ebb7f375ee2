using System.Globalization;
using IIKernel.Uncertainty;

namespace IIKernel.Cli;

/// <summary>Reads options whose value is a list of numbers or of figures.</summary>
internal static class NumberList
{
    /// <summary>Coverage probabilities, each once, in the order that was typed.</summary>
    /// <exception cref="CommandException">One is no probability, or is given twice.</exception>
    public static IReadOnlyList<double> Levels(string option, IEnumerable<string> words)
    {
        var levels = new List<double>();
        foreach (var word in words)
        {
            if (!TryNumber(word, out var level) || level is not (> 0 and < 1))
            {
                var percent = (word.EndsWith('%') && TryNumber(word.TrimEnd('%'), out level)) || level > 1;
                var meant = percent && level is > 0 and < 100 ? FormattableString.Invariant($"{level / 100:0.####}") : null;
                throw Refused(option, word, "expected probabilities between 0 and 1, such as 0.5,0.8,0.95." + NearestWord.Meant(meant));
            }

            if (levels.Contains(level)) throw Refused(option, word, "found twice; expected each level once.");
            levels.Add(level);
        }

        return levels;
    }

    /// <summary>Thresholds, each once, ascending.</summary>
    /// <exception cref="CommandException">One is no number, or is given twice.</exception>
    public static IReadOnlyList<double> Thresholds(string option, IEnumerable<string> words)
    {
        var thresholds = new List<double>();
        foreach (var word in words)
        {
            if (!TryNumber(word, out var threshold))
                throw Refused(option, word, "expected numbers in the unit of the figures, such as 500,1000.");
            if (thresholds.Contains(threshold)) throw Refused(option, word, "found twice; expected each threshold once.");
            thresholds.Add(threshold);
        }

        thresholds.Sort();
        return thresholds;
    }

    /// <summary>The refusal of an entry of a list.</summary>
    public static CommandException Refused(string option, string word, string message) =>
        new(ExitCodes.BadInput, $"{option} {word}: {message}");

    /// <summary>What an entry of a list names.</summary>
    /// <exception cref="CommandException">It names no figure.</exception>
    public static IReadOnlyList<T> Told<T>(string option, string word, Func<IReadOnlyList<T>> find)
    {
        try
        {
            return find();
        }
        catch (FigurePatternException exception)
        {
            throw Refused(option, word, exception.Message);
        }
    }

    /// <summary>Reads a finite number.</summary>
    public static bool TryNumber(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
