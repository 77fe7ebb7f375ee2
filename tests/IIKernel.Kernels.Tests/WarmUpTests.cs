using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class WarmUpTests
{
    private static readonly MethodInfo[] Marked =
    [
        .. typeof(WarmUp).Assembly.GetTypes().SelectMany(t => t.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(WarmUp.IsMarked)
            // What a table that is drawn needs, and no other study.
            .Where(m => m.DeclaringType != typeof(Elimination<,>)
                && m.DeclaringType != typeof(FactorisedInduction<,>)
                && m.DeclaringType != typeof(DoubleSolver<>)
                && m.DeclaringType != typeof(MixedSolver<>)
                && !m.GetGenericArguments().Any(a => a.GetGenericParameterConstraints().Contains(typeof(IKeyedBitSource)))),
    ];

    // What the constraints of a function do not tell would be compiled during the first draws, and nobody would notice.
    [Fact]
    public void Every_marked_function_is_compiled_beforehand()
    {
        Assert.Contains(Marked, m => m.DeclaringType == typeof(SampleProgram<,,,,,,,>));
        Compiles(HostProgram.Arguments<QuadLane<Vector<double>, VectorOperations>>(), Marked);
        Compiles(HostProgram.Arguments<QuadLane<Vector512<double>, Vector512Operations>>(), Marked);
        Compiles(HostProgram.Arguments<ScalarLane>(), Marked.Where(m => m.DeclaringType != typeof(QuadLane<,>)));
    }

    private static void Compiles(Type[] arguments, IEnumerable<MethodInfo> expected)
    {
        Assert.Equal(Names(expected), Names(WarmUp.Marked(arguments).Select(m => m.Method)));
        WarmUp.Compile(arguments);
    }

    private static IEnumerable<string> Names(IEnumerable<MethodInfo> methods) => methods.Select(m => $"{m.DeclaringType} {m}").Order();
}
