namespace IIKernel.Studies;

/// <summary>The files of a study with another study.json.</summary>
/// <param name="files">The study's files.</param>
/// <param name="definition">The bytes that stand for study.json.</param>
internal sealed class PatchedStudyFiles(IStudyFiles files, byte[] definition) : IStudyFiles
{
    /// <inheritdoc/>
    public string Origin => files.Origin;

    /// <inheritdoc/>
    public string DefinitionPath => files.DefinitionPath;

    /// <inheritdoc/>
    public byte[]? Read(string path) => path == DefinitionPath ? definition : files.Read(path);
}
