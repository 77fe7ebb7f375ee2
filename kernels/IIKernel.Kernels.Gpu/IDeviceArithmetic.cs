using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Gpu;

/// <summary>Arithmetic of one kind of numbers in single instructions of a device; see <see cref="DeviceIntrinsics"/>.</summary>
/// <typeparam name="T">The numbers.</typeparam>
internal interface IDeviceArithmetic<T>
    where T : unmanaged
{
    /// <summary>0.</summary>
    static abstract T Zero { get; }

    /// <summary>a·b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>a·b.</summary>
    static abstract T Product(T a, T b);

    /// <summary>a + b.</summary>
    static abstract T Sum(T a, T b);

    /// <summary>−x.</summary>
    static abstract T Negative(T x);

    /// <summary>1/x, by a division in double precision.</summary>
    static abstract T Reciprocal(T x);
}

/// <summary>Double precision.</summary>
internal readonly struct DoubleArithmetic : IDeviceArithmetic<double>
{
    /// <inheritdoc/>
    public static double Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double a, double b, double c) => DeviceIntrinsics.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Product(double a, double b) => DeviceIntrinsics.Product(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(double a, double b) => DeviceIntrinsics.Sum(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Negative(double x) => DeviceIntrinsics.Product(-1, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Reciprocal(double x) => DeviceIntrinsics.Quotient(1, x);
}

/// <summary>Single precision. Its quotients are rounded from those of double precision: OpenCL does not ask more of a division.</summary>
internal readonly struct SingleArithmetic : IDeviceArithmetic<float>
{
    /// <inheritdoc/>
    public static float Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => DeviceIntrinsics.SingleMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(float a, float b) => DeviceIntrinsics.SingleProduct(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(float a, float b) => DeviceIntrinsics.SingleSum(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Negative(float x) => DeviceIntrinsics.SingleProduct(-1, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reciprocal(float x) => (float)DeviceIntrinsics.Quotient(1, x);
}
