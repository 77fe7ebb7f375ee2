namespace IIKernel.Sensitivity;

/// <summary>
/// The mean of a figure with the help of another whose mean is known exactly: y̅ − β(c̅ − E c) with β = cov(y, c)/var c of the draws
/// (Rubinstein and Marcus 1985). Its variance is that of what c leaves of y.
/// </summary>
/// <param name="Mean">y̅ with its interval.</param>
/// <param name="Controlled">The mean with the control's help, with its interval.</param>
/// <param name="Gain">How many times smaller its variance is, by the replicates; infinite where the control leaves nothing.</param>
public readonly record struct ControlVariate(IndexEstimate Mean, IndexEstimate Controlled, double Gain)
{
    /// <summary>The mean of a figure.</summary>
    /// <param name="figure">y in draw order; N.</param>
    /// <param name="control">c of the same draws; N.</param>
    /// <param name="expectation">E c.</param>
    /// <param name="interval">How replicates make intervals.</param>
    public static ControlVariate Of(double[] figure, double[] control, double expectation, ReplicateInterval interval)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(interval);
        var (ofFigure, ofControl) = (Means(figure, interval.Replicates), Means(control, interval.Replicates));
        var (mean, controlMean) = (ofFigure.Average(), ofControl.Average());
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < figure.Length; i++)
        {
            var deviation = control[i] - controlMean;
            products += deviation * (figure[i] - mean);
            squares += deviation * deviation;
        }

        var beta = squares > 0 ? products / squares : 0;
        double[] controlled = [.. ofFigure.Zip(ofControl, (y, c) => y - beta * (c - expectation))];
        var (before, after) = (interval.HalfWidth(ofFigure), interval.HalfWidth(controlled));
        return new(
            IndexEstimate.Signed(mean, before), IndexEstimate.Signed(controlled.Average(), after), before * before / (after * after));
    }

    /// <summary>The mean of each replicate, whose draws take turns: as many of each.</summary>
    internal static double[] Means(double[] values, int replicates)
    {
        var sums = new double[replicates];
        for (var i = 0; i < values.Length; i++) sums[i % replicates] += values[i];
        return [.. sums.Select(s => s * replicates / values.Length)];
    }
}
