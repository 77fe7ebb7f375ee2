namespace IIKernel.Reading;

/// <summary>A file was not UTF-8 and was read as GB18030.</summary>
public sealed record EncodingWarning(string File) : Warning;

/// <summary>A column has nearly the name of one that would be read.</summary>
public sealed record ColumnNotReadWarning(string File, string Column, string Meant) : Warning;

/// <summary>Value added of sectors is negative, as the study accepts.</summary>
/// <param name="File">The sectors.</param>
/// <param name="Sectors">The first of them.</param>
/// <param name="More">How many others there are.</param>
public sealed record NegativeValueAddedWarning(string File, IReadOnlyList<SectorAmount> Sectors, int More) : Warning;

/// <summary>A sector and an amount of it, in the study's unit.</summary>
public sealed record SectorAmount(string Sector, double Amount) : Phrase;

/// <summary>Value added of a category's sectors cancels out: its rates do not exist.</summary>
public sealed record CategoryCancelledWarning(string File, string Category) : Warning;

/// <summary>Value added of all sectors of these categories is negative, as the study accepts.</summary>
public sealed record NegativeCategoryWarning(string File, IReadOnlyList<string> Categories) : Warning;

/// <summary>Categories have accounts and no sectors that add value.</summary>
public sealed record CategoryWithoutTableWarning(string File, IReadOnlyList<string> Categories) : Warning;

/// <summary>Sectors without output, whose results are 0.</summary>
public sealed record SectorWithoutOutputWarning(string File, IReadOnlyList<string> Sectors) : Warning;

/// <summary>Flows below 0.</summary>
/// <param name="File">The flows.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Flows">The first of them.</param>
/// <param name="More">How many others there are.</param>
public sealed record NegativeFlowsWarning(string File, int Count, IReadOnlyList<FlowCell> Flows, int More) : Warning;

/// <summary>A cell of the flows, in the study's unit.</summary>
public sealed record FlowCell(string Row, string Column, double Amount) : Phrase;

/// <summary>Column sums of the flows miss intermediate input, as the study accepts.</summary>
/// <param name="File">The flows.</param>
/// <param name="Missed">How many column sums miss.</param>
/// <param name="Columns">How many there are.</param>
/// <param name="Percent">What they miss together, percent of intermediate input.</param>
/// <param name="Worst">The sector whose column misses most.</param>
/// <param name="Gap">By how much, with its sign.</param>
/// <param name="Input">The intermediate input of that sector.</param>
public sealed record DiscrepancyWarning(
    string File, int Missed, int Columns, double Percent, string Worst, double Gap, double Input) : Warning;

/// <summary>The point of a coefficient lies outside of its distribution.</summary>
public sealed record CoefficientPointWarning(string File, int Line, string Sector, double Point, double Low, double High) : Warning;

/// <summary>The point of a coefficient lies far from all that its distribution holds likely.</summary>
public sealed record CoefficientFarPointWarning(
    string File, int Line, string Sector, double Point, double Mean, double StandardDeviation) : Warning;

/// <summary>The mean before truncation lies outside of the bounds.</summary>
public sealed record CoefficientMeanWarning(string File, int Line, string Sector, double Mean, double Low, double High) : Warning;

/// <summary>The standard deviation before truncation is larger than the width between the bounds.</summary>
public sealed record CoefficientSdWarning(string File, int Line, string Sector, double Sd, double Low, double High) : Warning;

/// <summary>An expert gave no ballot in the last round.</summary>
public sealed record PanelDropoutWarning(string File, string Expert, int Round) : Warning;

/// <summary>Experts who did not judge every sector.</summary>
/// <param name="File">The ballots.</param>
/// <param name="Skipped">The first of them, with what they left out.</param>
/// <param name="More">How many others there are.</param>
public sealed record PanelSkippedSectorsWarning(string File, IReadOnlyList<SkippedSectors> Skipped, int More) : Warning;

/// <summary>The sectors that an expert did not judge.</summary>
public sealed record SkippedSectors(string Expert, IReadOnlyList<string> Sectors) : Phrase;

/// <summary>An expert's comparisons had gaps and were completed.</summary>
public sealed record AhpCompletedWarning(string File, string Expert, IReadOnlyList<FactorPair> Pairs) : Warning;

/// <summary>Two factors that are compared.</summary>
public sealed record FactorPair(string Row, string Column) : Phrase;

/// <summary>Comparisons contradict each other.</summary>
/// <param name="File">The comparisons.</param>
/// <param name="Expert">Whose they are; null for the group's.</param>
/// <param name="Parent">The factor whose parts are compared; null for the factors of the first level.</param>
/// <param name="Factors">What is compared.</param>
/// <param name="Ratio">The consistency ratio.</param>
/// <param name="Limit">What it should not exceed.</param>
/// <param name="Source">Where the random index comes from.</param>
/// <param name="Worst">The triad that contradicts itself most.</param>
public sealed record AhpInconsistentWarning(string File, string? Expert, string? Parent, IReadOnlyList<string> Factors, double Ratio,
    double Limit, string Source, FactorTriad Worst) : Warning;

/// <summary>Three factors and their comparisons.</summary>
/// <param name="First">The first factor.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
/// <param name="FirstToSecond">The first over the second.</param>
/// <param name="SecondToThird">The second over the third.</param>
/// <param name="FirstToThird">The first over the third; the product of the other two where they agree.</param>
/// <param name="Factor">By what factor it is off.</param>
public sealed record FactorTriad(
    string First, string Second, string Third, double FirstToSecond, double SecondToThird, double FirstToThird, double Factor) : Phrase;

/// <summary>Lines through so few years that their errors have no standard deviation.</summary>
/// <param name="File">The series.</param>
/// <param name="Series">How many of them.</param>
/// <param name="Years">Years that a line runs through.</param>
/// <param name="Degrees">Degrees of freedom: 1 or 2.</param>
/// <param name="Least">The fewest years that suffice.</param>
public sealed record FewDegreesOfFreedomWarning(string File, int Series, int Years, int Degrees, int Least) : Warning;

/// <summary>Rows of a file that say something of flows which are all 0.</summary>
/// <param name="File">The file.</param>
/// <param name="Lines">The first of the rows, by line.</param>
/// <param name="More">How many others there are.</param>
public sealed record BlockWithoutFlowsWarning(string File, IReadOnlyList<int> Lines, int More) : Warning;

/// <summary>What the spread of coefficients between tables says of the flows; a note.</summary>
/// <param name="Tables">How many tables there are, the study's own included.</param>
/// <param name="Own">How many flows have the spread of their own coefficients.</param>
/// <param name="ByLaw">How many have that of the law.</param>
/// <param name="Scale">α of the law σ = α·x^(−β) of a flow in the study's unit.</param>
/// <param name="Exponent">β.</param>
/// <param name="Fitted">How many coefficients it was fitted to.</param>
/// <param name="Switching">How many coefficients are above 0 in some tables and not in others.</param>
public sealed record VintageSpreadWarning(
    int Tables, int Own, int ByLaw, double Scale, double Exponent, int Fitted, int Switching) : Warning;
