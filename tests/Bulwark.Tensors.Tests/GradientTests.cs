using System.Reflection;

namespace Bulwark.Tensors.Tests;

/// <summary>
/// Checks each row of <see cref="GradientTable"/>: with y the operation's output, L = Σ w ∘ y + ½ Σ c ∘ y², whose gradient at the output depends on the
/// output, so that second derivatives see all of a pullback.
/// </summary>
public sealed class GradientTests
{
    private const float Step = 0.02f;

    public static TheoryData<string> Names => [.. GradientTable.Cases.Select(@case => @case.ToString())];

    [Fact]
    public void EveryOperationIsInTheTable()
    {
        var methods = typeof(Tensors.Functions).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})");
        Assert.Equal(methods.Order(), GradientTable.Cases.Select(@case => @case.Method).Distinct().Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void FirstDerivativesAreThoseOfDifferences(string name)
    {
        var check = new Check(name);
        var gradient = check.Gradient(check.Point);
        for (var v = 0; v < check.Variables.Length; v++)
            for (var i = 0; i < gradient[v].Length; i++)
            {
                var at = i;
                var difference = Difference(t => [check.Value(check.Moved(check.Variables[v], at, t))])[0];
                AssertClose(difference, gradient[v][i], check.Scale, $"∂L/∂{check.Variables[v]}[{i}]");
            }
    }

    [Theory, MemberData(nameof(Names))]
    public void SecondDerivativesAreThoseOfDifferences(string name)
    {
        var check = new Check(name);
        var direction = check.Direction(1);
        var product = check.HessianTimes(direction);
        var difference = Difference(t => [.. check.Gradient(check.Point + direction * t).SelectMany(values => values.Select(x => (double)x))]);
        var at = 0;
        for (var v = 0; v < check.Variables.Length; v++)
            for (var i = 0; i < product[v].Length; i++) AssertClose(difference[at++], product[v][i], check.Scale, $"(Hv)[{check.Variables[v]}, {i}]");
    }

    [Theory, MemberData(nameof(Names))]
    public void HessiansAreSymmetric(string name)
    {
        var check = new Check(name);
        var (u, v) = (check.Direction(1), check.Direction(2));
        AssertClose(check.Inner(u, check.HessianTimes(v)), check.Inner(v, check.HessianTimes(u)), check.Scale, "⟨u, Hv⟩ = ⟨v, Hu⟩");
    }

    /// <summary>f'(0) with an error of the fourth order: (8(f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h.</summary>
    private static double[] Difference(Func<float, double[]> f)
    {
        double[] a = f(Step), b = f(-Step), c = f(2 * Step), d = f(-2 * Step);
        return [.. a.Select((_, i) => (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * Step))];
    }

    private static void AssertClose(double expected, double actual, double scale, string what) => Assert.True(
        Math.Abs(expected - actual) <= 3e-4 * Math.Max(scale, Math.Abs(expected)), $"{what}: {actual}, by differences {expected}");

    /// <summary>One case at one random point.</summary>
    private sealed class Check
    {
        private readonly OpCase _case;
        private readonly Tensor _linear, _square;
        private readonly Rng _rng = new(11);

        public Check(string name)
        {
            _case = GradientTable.Cases.Single(@case => @case.ToString() == name);
            Variables = [.. _case.Inputs.Select((_, i) => new Variable("x" + i))];
            Point = new Point([.. _case.Inputs.Select((input, i) => (Variables[i], input.Draw(_rng.Fork(i))))]);
            var output = _case.Apply(Values(Point)).Shape;
            _linear = new Input(output, 0.5f, 1.5f).Draw(_rng.Fork("linear"));
            _square = _case.Surrogate is null ? new Input(output).Draw(_rng.Fork("square")) : Tensor.Zeros(output);
            Scale = Math.Max(1, Gradient(Point).Max(values => values.Length == 0 ? 0 : values.Max(Math.Abs)));
        }

        public Variable[] Variables { get; }

        public Point Point { get; }

        /// <summary>The size of the gradient, at least 1: what errors are relative to.</summary>
        public double Scale { get; }

        /// <summary>L in double precision above the operation itself.</summary>
        public double Value(Point at)
        {
            var y = (_case.Surrogate ?? _case.Apply)(Values(at)).Values;
            var sum = 0.0;
            for (var i = 0; i < y.Length; i++) sum += _linear.Values[i] * (double)y[i] + 0.5 * _square.Values[i] * y[i] * y[i];
            return sum;
        }

        public float[][] Gradient(Point at) => Read(Grad.Of(Loss, at).Move);

        public float[][] HessianTimes(Move direction) => Read(Grad.Of(at =>
        {
            var gradient = Grad.Of(Loss, at).Move;
            var sum = Tensor.Scalar(0);
            foreach (var variable in gradient.Variables) sum += (gradient[variable] * direction[variable]).Sum();
            return sum;
        }, Point).Move);

        public Move Direction(int seed) => new([.. Variables.Select((v, i) => (v, new Input(Point[v].Shape, -1, 1).Draw(_rng.Fork(100 * seed + i))))]);

        public double Inner(Move u, float[][] v) => Variables.Select((x, i) => v[i].Select((value, j) => (double)value * u[x].Values[j]).Sum()).Sum();

        public Point Moved(Variable variable, int at, float by)
        {
            var values = Point[variable].Values.ToArray();
            values[at] += by;
            return Point.With(variable, Tensor.Of(Point[variable].Shape, values));
        }

        private Tensor Loss(Point at)
        {
            var y = _case.Apply(Values(at));
            return (y * _linear).Sum() + (y * y * _square).Sum() * 0.5f;
        }

        private Tensor[] Values(Point at) => [.. Variables.Select(variable => at[variable])];

        private float[][] Read(Move move) =>
            [.. Variables.Select(v => move.TryGet(v, out var delta) ? delta.Values.ToArray() : new float[Point[v].Shape.Count])];
    }
}
