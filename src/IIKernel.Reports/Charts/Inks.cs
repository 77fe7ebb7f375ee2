namespace IIKernel.Reports.Charts;

/// <summary>
/// Colours of inks on white, those of the page in light, of Okabe and Ito's palette (Color Universal Design, 2008), which readers who see
/// colours differently tell apart.
/// </summary>
internal static class Inks
{
    /// <summary>The colour on white, as #rrggbb.</summary>
    public static string OnWhite(Ink ink) => ink switch
    {
        Ink.Text => "#1a1a1a",
        Ink.Muted => "#555555",
        Ink.Grid => "#dddddd",
        Ink.Estimate => "#0072b2",
        Ink.Published => "#d55e00",
        _ => "#e69f00",
    };
}
