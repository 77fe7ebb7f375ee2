namespace IIKernel.Kernels.Journal;

/// <summary>Whose draws work is on: a plan's, or functions of these; and how fast they are drawn.</summary>
/// <param name="identify">Writes what tells them from others.</param>
/// <param name="secondsPerDraw">About how long a draw takes, until that is known.</param>
internal sealed class WorkScope(Action<BinaryWriter> identify, double secondsPerDraw)
{
    private WorkKey? _key;
    private double _secondsPerDraw = secondsPerDraw;

    /// <summary>What tells them from others.</summary>
    public WorkKey Key => _key ??= WorkKey.Of(identify);

    /// <summary>The key of some work on them.</summary>
    public WorkKey KeyOf<T>(DividedWork<T> work)
        where T : class => WorkKey.Of(writer =>
    {
        Key.Write(writer);
        writer.Write(work.GetType().Name);
        work.Identify(writer);
    });

    /// <summary>The scope of functions of these draws.</summary>
    public WorkScope About(object functions) => new(writer =>
    {
        Key.Write(writer);
        IdentityWriter.Write(writer, functions);
    }, _secondsPerDraw);

    /// <summary>Notes how long draws took.</summary>
    public void Note(long draws, double seconds)
    {
        if (draws > 0) _secondsPerDraw = seconds / draws;
    }

    /// <summary>About how long draws will take.</summary>
    public double Seconds(long draws) => draws * _secondsPerDraw;
}
