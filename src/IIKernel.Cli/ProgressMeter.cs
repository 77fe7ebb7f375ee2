using System.Globalization;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Turns the finished share of passes over some work into a line: share, rate, time left.</summary>
/// <param name="what">What is done, such as "drawing".</param>
/// <param name="unit">What is counted, such as "draws".</param>
/// <param name="total">How many there are in a pass.</param>
internal sealed class ProgressMeter(string what, string unit, double total) : IProgress<double>
{
    private readonly Lock _lock = new();
    private (string What, string Unit, double Total) _stage = (what, unit, total);
    private TimeProvider _clock = TimeProvider.System;
    private long _started = TimeProvider.System.GetTimestamp();
    private double _share = double.NaN;
    private int _pass = 1;

    /// <summary>The finished share of the pass, 0 to 1; NaN before any is known.</summary>
    public double Share
    {
        get
        {
            lock (_lock) return _share;
        }
    }

    /// <summary>A meter with a clock of its own, for tests.</summary>
    public ProgressMeter(string what, string unit, double total, TimeProvider clock)
        : this(what, unit, total)
    {
        _clock = clock;
        _started = clock.GetTimestamp();
    }

    /// <summary>Takes the finished share of the pass; a smaller one than before begins the next pass.</summary>
    public void Report(double value) => Report((what, unit, total), value);

    /// <summary>Takes the share of another kind of work, which begins with its first report.</summary>
    /// <param name="next">What is done then.</param>
    /// <param name="units">What is counted.</param>
    /// <param name="count">How many there are.</param>
    public IProgress<double> Stage(string next, string units, double count) => new OtherStage(this, (next, units, count));

    private void Report((string What, string Unit, double Total) stage, double value)
    {
        lock (_lock)
        {
            if (stage != _stage)
            {
                (_stage, _pass, _share) = (stage, 1, double.NaN);
                _started = _clock.GetTimestamp();
            }

            if (value < _share)
            {
                _pass++;
                _started = _clock.GetTimestamp();
            }

            _share = value;
        }
    }

    /// <summary>The state in one line.</summary>
    public string Line()
    {
        lock (_lock)
        {
            var (what, unit, total) = _stage;
            var seconds = _clock.GetElapsedTime(_started).TotalSeconds;
            if (double.IsNaN(_share)) return Say($"{what}: {Time(seconds)} so far");
            var pass = _pass > 1 ? Say($", pass {_pass}") : "";
            var head = Say($"{what}: {Math.Floor(100 * _share):0} % of {total:N0} {unit}{pass}");
            if (_share >= 1) return Say($"{head}, what follows takes a moment");
            return _share > 0 && seconds > 0
                ? Say($"{head}, {Rate(_share * total / seconds)} {unit}/s, {Time(seconds * (1 - _share) / _share)} left")
                : head;
        }
    }

    private sealed class OtherStage(ProgressMeter meter, (string What, string Unit, double Total) stage) : IProgress<double>
    {
        public void Report(double value) => meter.Report(stage, value);
    }

    private static string Rate(double rate)
    {
        var value = rate >= 1e6 ? rate / 1e6 : rate;
        var text = value >= 100 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("G3", CultureInfo.InvariantCulture);
        return rate >= 1e6 ? Say($"{text} million") : text;
    }

    private static string Time(double seconds) => seconds switch
    {
        < 99.5 => Say($"{Math.Ceiling(seconds):0} s"),
        < 5970 => Say($"{seconds / 60:0} min"),
        _ => Say($"{seconds / 3600:0.0} h"),
    };
}
