using System.Reflection;
using System.Runtime.CompilerServices;

namespace IIKernel.Kernels;

/// <summary>Compiles, before it is needed, what is marked as worth being compiled well at once (AggressiveOptimization).</summary>
internal static class WarmUp
{
    private const BindingFlags Own =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// The marked functions of this assembly: those of the arguments themselves, and those whose type parameters' constraints are met by
    /// one argument each.
    /// </summary>
    /// <param name="arguments">Types, of which no two meet the same constraints.</param>
    public static IEnumerable<(MethodInfo Method, Type[] Arguments)> Marked(params Type[] arguments)
    {
        foreach (var definition in typeof(WarmUp).Assembly.GetTypes())
        {
            var own = arguments.FirstOrDefault(a => a.IsGenericType && a.GetGenericTypeDefinition() == definition)?.GetGenericArguments()
                ?? Meeting(definition.GetGenericArguments(), arguments);
            if (own is null || IsAnother(definition, arguments)) continue;
            foreach (var method in definition.GetMethods(Own).Where(IsMarked))
                if (Meeting(method.GetGenericArguments(), arguments) is { } given) yield return (method, [.. own, .. given]);
        }
    }

    /// <summary>Compiles <see cref="Marked"/> functions.</summary>
    public static void Compile(params Type[] arguments)
    {
        foreach (var (method, given) in Marked(arguments))
            RuntimeHelpers.PrepareMethod(method.MethodHandle, given.Length == 0 ? null : [.. given.Select(t => t.TypeHandle)]);
    }

    /// <summary>Whether a function is marked.</summary>
    public static bool IsMarked(MethodInfo method) => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization);

    // Of stages, and of what they are made of, those among the arguments are what a draw calls.
    private static bool IsAnother(Type definition, Type[] arguments) => definition.IsGenericType
        && definition.GetInterfaces().Any(kind => kind.IsGenericType && kind.Assembly == definition.Assembly)
        && !arguments.Any(a => a.IsGenericType && a.GetGenericTypeDefinition() == definition);

    // One argument for each parameter, or null.
    private static Type[]? Meeting(Type[] parameters, Type[] arguments)
    {
        var found = new Type[parameters.Length];
        for (var i = 0; i < found.Length; i++)
        {
            Type[] constraints = [.. parameters[i].GetGenericParameterConstraints().Where(c => c.IsInterface)];
            Type[] meeting = [.. arguments.Where(a => constraints.All(c => a.GetInterfaces().Any(f => Meets(f, c))))];
            if (constraints.Length == 0 || meeting is not [var one]) return null;
            found[i] = one;
        }

        return found;
    }

    // What a constraint says of other parameters is met by there being one argument for each.
    private static bool Meets(Type offered, Type constraint) => offered == constraint
        || offered.IsGenericType && constraint.IsGenericType && offered.GetGenericTypeDefinition() == constraint.GetGenericTypeDefinition()
        && offered.GetGenericArguments().Zip(constraint.GetGenericArguments(), (o, c) => c.IsGenericParameter || o == c).All(same => same);
}
