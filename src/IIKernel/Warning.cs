using System.Text.Json.Serialization;

namespace IIKernel;

/// <summary>
/// Something the user must know about a result: data, worded where it is shown. Each kind of warning is a type, and its arguments are the
/// properties of the type.
/// </summary>
public abstract record Warning : Phrase
{
    /// <summary>Stable code, such as "growth-elasticity"; kinds that are worded differently may share one.</summary>
    [JsonIgnore]
    public virtual string Code => Template;
}
