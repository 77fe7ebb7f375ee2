using System.Text;

namespace IIKernel.Studies;

/// <summary>
/// A study whose files are texts in memory, all of them or those that stand in the place of another study's:
/// <c>new StudyTexts(files) { ["coefficients.csv"] = "sector,point\n088,0.3\n" }</c>.
/// </summary>
/// <param name="others">Where the other files are; null for nowhere.</param>
public sealed class StudyTexts(IStudyFiles? others = null) : IStudyFiles
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Origin => $"memory:{DefinitionPath}";

    /// <inheritdoc/>
    public string DefinitionPath => others?.DefinitionPath ?? "study.json";

    /// <summary>The text of a file.</summary>
    /// <param name="path">Path relative to the folder of study.json, with forward slashes.</param>
    public string this[string path]
    {
        set => _texts[path] = value;
    }

    /// <inheritdoc/>
    public byte[]? Read(string path) =>
        _texts.TryGetValue(path, out var text) ? Encoding.UTF8.GetBytes(text) : others?.Read(path);
}
