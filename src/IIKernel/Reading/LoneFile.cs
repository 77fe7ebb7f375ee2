using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>A file that no study names: where its path leads, or else among a study's files.</summary>
/// <param name="path">The path.</param>
/// <param name="study">The study's files; null where there are none to look among.</param>
internal sealed class LoneFile(string path, IStudyFiles? study = null) : IStudyFiles
{
    /// <inheritdoc/>
    public string Origin => path;

    /// <inheritdoc/>
    public string DefinitionPath => path;

    /// <summary>Whether it is one of the study's.</summary>
    public bool IsOfStudy => !File.Exists(path) && study is not null;

    /// <inheritdoc/>
    public byte[]? Read(string file) => IsOfStudy ? study!.Read(file) : InputFile.Read(path);
}
