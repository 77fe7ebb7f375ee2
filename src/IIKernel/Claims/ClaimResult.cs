using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>How a claim stands at the point.</summary>
public enum ClaimVerdict
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It does not hold.</summary>
    Fails,

    /// <summary>A figure that it reads is no number.</summary>
    Undefined,
}

/// <summary>A share of draws as a probability (JCGM 101:2008, 7.2).</summary>
/// <param name="Held">In how many draws it held.</param>
/// <param name="Draws">Number of draws, at least 1.</param>
public readonly record struct DrawShare(long Held, long Draws)
{
    private double? ReplicateError { get; init; }

    /// <summary>p: the share of the draws.</summary>
    public double Probability => Held / (double)Draws;

    /// <summary>
    /// The Monte Carlo standard error of p: √(p(1 − p)/N) for independent draws; of a sequence that of its replicates
    /// (<see cref="StudyProgram.ReplicateError"/>).
    /// </summary>
    public double StandardError => ReplicateError ?? Math.Sqrt(Probability * (1 - Probability) / Draws);

    /// <summary>The share of the draws of all replicates of a sequence.</summary>
    public static DrawShare Of(IReadOnlyList<DrawShare> replicates)
    {
        ArgumentNullException.ThrowIfNull(replicates);
        return new(replicates.Sum(r => r.Held), replicates.Sum(r => r.Draws))
        {
            ReplicateError = StudyProgram.ReplicateError([.. replicates.Select(r => r.Probability)]),
        };
    }
}

/// <summary>A claim and what the draws say of it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="AtPoint">How it stands with every input at its point value.</param>
/// <param name="Share">The draws in which it holds.</param>
/// <param name="Undefined">The draws in which it is undefined; it does not hold in them.</param>
public sealed record ClaimResult(Claim Claim, ClaimVerdict AtPoint, DrawShare Share, long Undefined);

/// <summary>Claims that hold together.</summary>
/// <param name="Group">The label that they share; empty for all claims.</param>
/// <param name="Claims">How many they are.</param>
/// <param name="HoldsAtPoint">Whether all hold with every input at its point value.</param>
/// <param name="Share">The draws in which all hold.</param>
public sealed record JointClaims(string Group, int Claims, bool HoldsAtPoint, DrawShare Share);

/// <summary>The claims of a file and what the draws say of them.</summary>
/// <param name="Claims">Each claim, in file order.</param>
/// <param name="Joint">The claims of each label that any has, in the order of their first, then all claims.</param>
public sealed record ClaimSummary(IReadOnlyList<ClaimResult> Claims, IReadOnlyList<JointClaims> Joint);
