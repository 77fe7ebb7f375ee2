using IIKernel.Reports.Words;

namespace IIKernel.Tests;

/// <summary>What tests of warnings read: their words in English.</summary>
internal static class WarningWords
{
    extension(Warning warning)
    {
        public string Message => Vocabulary.English.Text(warning);
    }
}
