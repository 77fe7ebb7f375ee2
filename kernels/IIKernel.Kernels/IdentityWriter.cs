using System.Collections;

namespace IIKernel.Kernels;

/// <summary>
/// Writes what an object was given, property by property in the order of their names: two that differ in a bit of it give other bytes.
/// What follows from that, a property without a setter, is left out.
/// </summary>
public static class IdentityWriter
{
    /// <summary>Writes a number, a text, an array, a list, or an object with its parts.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">What; its parts likewise.</param>
    public static void Write(BinaryWriter writer, object? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value)
        {
            case null: writer.Write("null"); break;
            case string text: writer.Write(text); break;
            case double number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case bool truth: writer.Write(truth); break;
            case Enum word: writer.Write(word.ToString()); break;
            case double[] values:
                writer.Write(values.Length);
                foreach (var number in values) writer.Write(number);
                break;
            case int[] values:
                writer.Write(values.Length);
                foreach (var number in values) writer.Write(number);
                break;
            case IEnumerable several:
                foreach (var item in several)
                {
                    writer.Write(true);
                    Write(writer, item);
                }

                writer.Write(false);
                break;
            default:
                writer.Write(value.GetType().Name);
                var given = value.GetType().GetProperties()
                    .Where(p => p.SetMethod is { IsStatic: false } && p.GetIndexParameters().Length == 0).ToArray();
                if (given.Length == 0)
                    throw new ArgumentException($"Nothing is known of what a {value.GetType()} was given.", nameof(value));
                foreach (var property in given.OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.Write(property.Name);
                    Write(writer, property.GetValue(value));
                }

                break;
        }
    }
}
