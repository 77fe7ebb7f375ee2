using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class FuzzyEvaluationTests
{
    [Theory]
    [InlineData("weighted_average", FuzzyOperator.WeightedAverage)]
    [InlineData("min_max", FuzzyOperator.MinMax)]
    [InlineData("product_max", FuzzyOperator.ProductMax)]
    [InlineData("min_bounded_sum", FuzzyOperator.MinBoundedSum)]
    [InlineData("product_bounded_sum", FuzzyOperator.ProductBoundedSum)]
    public void Every_operator_meets_the_known_answer(string name, FuzzyOperator composition)
    {
        var golden = Golden.Root.GetProperty("fuzzy_comprehensive_evaluation");
        double[][] membership = [.. golden.GetProperty("R").EnumerateArray().Select(Golden.Numbers)];
        var b = FuzzyEvaluation.Compose(composition, Golden.Numbers(golden.GetProperty("weights")), membership);
        Golden.Near(Golden.Numbers(golden.GetProperty("B").GetProperty(name)), b, 1e-12);
        Assert.Equal(golden.GetProperty("score_sum_normalised").GetProperty(name).GetDouble(),
            FuzzyEvaluation.Score(b, Golden.Numbers(golden.GetProperty("grade_scores"))), 1e-12);
    }

    [Fact]
    public void Bounded_sums_stop_at_one()
    {
        Assert.Equal([1.0], FuzzyEvaluation.Compose(FuzzyOperator.MinBoundedSum, [0.6, 0.6], [[1.0], [1.0]]));
        Assert.Equal([1.0], FuzzyEvaluation.Compose(FuzzyOperator.ProductBoundedSum, [0.6, 0.6], [[1.0], [1.0]]));
    }

    [Fact]
    public void Sizes_must_agree()
    {
        Assert.Throws<ArgumentException>(() => FuzzyEvaluation.Compose(FuzzyOperator.MinMax, [1.0], [[1.0], [1.0]]));
        Assert.Throws<ArgumentException>(() => FuzzyEvaluation.Compose(FuzzyOperator.MinMax, [], []));
        Assert.Throws<ArgumentException>(() => FuzzyEvaluation.Score([1.0], [1.0, 0.5]));
    }
}
