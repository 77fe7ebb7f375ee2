using System.Reflection;
using System.Reflection.Emit;

namespace IIKernel.Tests.Repository;

/// <summary>Which types a type uses, in its declarations and in the instructions of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Own =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>All of them, generic arguments and elements of arrays included, each any number of times.</summary>
    public static IEnumerable<Type> Of(Type type)
    {
        Type?[] own = [type.BaseType, .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments())];
        return own.Concat(type.GetFields(Own).Select(f => f.FieldType)).Concat(Attributes(type))
            .Concat(type.GetMembers(Own).SelectMany(Attributes))
            .Concat(type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(OfMethod)).SelectMany(Parts);
    }

    private static IEnumerable<Type?> OfMethod(MethodBase method)
    {
        foreach (var used in Signature(method)) yield return used;
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) yield return clause.CatchType;
        foreach (var member in Members(method, body.GetILAsByteArray()!))
        {
            yield return member as Type ?? member.DeclaringType;
            if (member is FieldInfo field) yield return field.FieldType;
            if (member is MethodBase called)
                foreach (var used in Signature(called)) yield return used;
        }
    }

    private static IEnumerable<Type?> Signature(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType, .. method.GetParameters().Select(p => p.ParameterType),
        .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        .. method.IsGenericMethodDefinition ? Constraints(method.GetGenericArguments()) : [],
    ];

    private static IEnumerable<MemberInfo> Members(MethodBase method, byte[] code)
    {
        var types = method.DeclaringType!.GetGenericArguments();
        var methods = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var instruction = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += instruction.Size;
            switch (instruction.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), types, methods)!;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 * BitConverter.ToInt32(code, at);
                    break;
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Constraints(Type[] arguments) =>
        arguments.Where(a => a.IsGenericParameter).SelectMany(a => a.GetGenericParameterConstraints());

    private static IEnumerable<Type?> Attributes(MemberInfo member) => member.GetCustomAttributesData().Select(a => a.AttributeType);

    private static IEnumerable<Type> Parts(Type? type) => type is null || type.IsGenericParameter ? []
        : type.HasElementType ? Parts(type.GetElementType()) : [type, .. type.GetGenericArguments().SelectMany(Parts)];
}
