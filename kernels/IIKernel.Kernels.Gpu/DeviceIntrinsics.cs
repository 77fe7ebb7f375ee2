using System.Reflection;
using IIKernel.Kernels.Lanes;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// The arithmetic of <see cref="ScalarLane"/>, and of numbers in single precision, as single instructions of a device, each rounded once as
/// IEEE 754 asks.
/// ILGPU's own arithmetic is not to be trusted with that: it knows no fused multiply–add, and it rearranges constants
/// as if numbers were exact, (x − a) − b to x − (a + b).
/// </summary>
internal static class DeviceIntrinsics
{
    static DeviceIntrinsics()
    {
        Replace(typeof(Math), nameof(Math.FusedMultiplyAdd), nameof(FusedMultiplyAdd), typeof(double), 3);
        Replace(typeof(ScalarLane), "op_Addition", nameof(Add), typeof(ScalarLane), 2);
        Replace(typeof(ScalarLane), "op_Subtraction", nameof(Subtract), typeof(ScalarLane), 2);
        Replace(typeof(ScalarLane), "op_Multiply", nameof(Multiply), typeof(ScalarLane), 2);
        Replace(typeof(ScalarLane), "op_Division", nameof(Divide), typeof(ScalarLane), 2);
        Replace(typeof(ScalarLane), nameof(ScalarLane.Floor), nameof(Floor), typeof(ScalarLane), 1);
        Replace(typeof(ScalarLane), nameof(ScalarLane.SelectLess), nameof(SelectLess), typeof(ScalarLane), 4);
    }

    /// <summary>Registers the instructions with the contexts that <paramref name="builder"/> makes.</summary>
    public static void Register(Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        foreach (var name in new[]
        {
            nameof(FusedMultiplyAdd), nameof(Sum), nameof(Difference), nameof(Product), nameof(Quotient), nameof(RoundDown),
            nameof(Selected), nameof(SingleMultiplyAdd), nameof(SingleSum), nameof(SingleProduct),
        })
        {
            var method = typeof(DeviceIntrinsics).GetMethod(name)!;
            manager.RegisterMethod(
                method, new PTXIntrinsic(typeof(DeviceIntrinsics), nameof(EmitPtx), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(
                method, new CLIntrinsic(typeof(DeviceIntrinsics), nameof(EmitOpenCl), IntrinsicImplementationMode.GenerateCode));
        }
    }

    /// <summary>a·b + c.</summary>
    [IntrinsicImplementation]
    public static double FusedMultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <summary>a + b.</summary>
    [IntrinsicImplementation]
    public static double Sum(double a, double b) => a + b;

    /// <summary>a − b.</summary>
    [IntrinsicImplementation]
    public static double Difference(double a, double b) => a - b;

    /// <summary>a · b.</summary>
    [IntrinsicImplementation]
    public static double Product(double a, double b) => a * b;

    /// <summary>a / b.</summary>
    [IntrinsicImplementation]
    public static double Quotient(double a, double b) => a / b;

    /// <summary>The largest whole number that is not above a.</summary>
    [IntrinsicImplementation]
    public static double RoundDown(double a) => Math.Floor(a);

    /// <summary>x where a &lt; b, else y.</summary>
    [IntrinsicImplementation]
    public static double Selected(double a, double b, double x, double y) => a < b ? x : y;

    /// <summary>a·b + c in single precision.</summary>
    [IntrinsicImplementation]
    public static float SingleMultiplyAdd(float a, float b, float c) => float.FusedMultiplyAdd(a, b, c);

    /// <summary>a + b in single precision.</summary>
    [IntrinsicImplementation]
    public static float SingleSum(float a, float b) => a + b;

    /// <summary>a · b in single precision.</summary>
    [IntrinsicImplementation]
    public static float SingleProduct(float a, float b) => a * b;

    /// <summary>Stands for the lane's +.</summary>
    public static ScalarLane Add(ScalarLane left, ScalarLane right) => new(Sum(left.Value, right.Value));

    /// <summary>Stands for the lane's −.</summary>
    public static ScalarLane Subtract(ScalarLane left, ScalarLane right) => new(Difference(left.Value, right.Value));

    /// <summary>Stands for the lane's ·.</summary>
    public static ScalarLane Multiply(ScalarLane left, ScalarLane right) => new(Product(left.Value, right.Value));

    /// <summary>Stands for the lane's /.</summary>
    public static ScalarLane Divide(ScalarLane left, ScalarLane right) => new(Quotient(left.Value, right.Value));

    /// <summary>Stands for the lane's own, for which ILGPU.Algorithms puts one of a dozen instructions.</summary>
    public static ScalarLane Floor(ScalarLane value) => new(RoundDown(value.Value));

    /// <summary>Stands for the lane's own, which would be a branch: ILGPU takes long over many of them.</summary>
    public static ScalarLane SelectLess(ScalarLane left, ScalarLane right, ScalarLane ifLess, ScalarLane otherwise) =>
        new(Selected(left.Value, right.Value, ifLess.Value, otherwise.Value));

    private static void Replace(Type type, string name, string replacement, Type operand, int operands)
    {
        var types = Enumerable.Repeat(operand, operands).ToArray();
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public, types)
            ?? throw new MissingMethodException(type.Name, name);
        var other = typeof(DeviceIntrinsics).GetMethod(replacement, types)!;
        RemappedIntrinsics.AddRemapping(method, (ref InvocationContext context) => context.Method = other);
    }

    private static void EmitPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var operands = call.Nodes.ToArray().Select(node => generator.LoadPrimitive(node)).ToArray();
        var target = generator.AllocateHardware(call);
        if (call.Target.Source.Name == nameof(Selected))
        {
            EmitSelection(generator, target, operands);
            return;
        }

        using var command = generator.BeginCommand(call.Target.Source.Name switch
        {
            nameof(FusedMultiplyAdd) => "fma.rn.f64",
            nameof(Sum) => "add.rn.f64",
            nameof(Difference) => "sub.rn.f64",
            nameof(Product) => "mul.rn.f64",
            nameof(Quotient) => "div.rn.f64",
            nameof(RoundDown) => "cvt.rmi.f64.f64",
            nameof(SingleMultiplyAdd) => "fma.rn.f32",
            nameof(SingleSum) => "add.rn.f32",
            nameof(SingleProduct) => "mul.rn.f32",
            var name => throw new NotSupportedException(name),
        });
        command.AppendArgument(target);
        foreach (var operand in operands) command.AppendArgument(operand);
    }

    private static void EmitSelection(
        PTXCodeGenerator generator, PTXRegisterAllocator.HardwareRegister target, PTXRegisterAllocator.PrimitiveRegister[] operands)
    {
        var isLess = generator.AllocateRegister(BasicValueType.Int1, PTXRegisterKind.Predicate);
        Emit("setp.lt.f64", isLess, operands[0], operands[1]);
        Emit("selp.f64", target, operands[2], operands[3], isLess);
        generator.FreeRegister(isLess);

        void Emit(string instruction, params ReadOnlySpan<PTXRegisterAllocator.PrimitiveRegister> registers)
        {
            using var command = generator.BeginCommand(instruction);
            foreach (var register in registers) command.AppendArgument(register);
        }
    }

    private static void EmitOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var operands = call.Nodes.ToArray().Select(node => generator.Load(node)).ToArray();
        var target = generator.Allocate(call);
        using var statement = generator.BeginStatement(target);
        var name = call.Target.Source.Name;
        var isSingle = name is nameof(SingleMultiplyAdd) or nameof(SingleSum) or nameof(SingleProduct);
        if (name is nameof(FusedMultiplyAdd) or nameof(SingleMultiplyAdd)) statement.AppendCommand("fma");
        if (name is nameof(RoundDown)) statement.AppendCommand("floor");
        statement.OpenParen();
        for (var i = 0; i < operands.Length; i++)
        {
            if (i > 0)
            {
                statement.AppendCommand(name switch
                {
                    nameof(FusedMultiplyAdd) or nameof(SingleMultiplyAdd) => ',',
                    nameof(Sum) or nameof(SingleSum) => '+',
                    nameof(Difference) => '-',
                    nameof(Product) or nameof(SingleProduct) => '*',
                    nameof(Quotient) => '/',
                    nameof(Selected) => "<?:"[i - 1],
                    _ => throw new NotSupportedException(name),
                });
            }

            // A constant without a fraction prints as an integer.
            statement.AppendCast(isSingle ? BasicValueType.Float32 : BasicValueType.Float64);
            statement.Append(operands[i]);
        }

        statement.CloseParen();
    }
}
