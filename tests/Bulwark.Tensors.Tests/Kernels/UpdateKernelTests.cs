using Bulwark.Tensors.Kernels;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tensors.Tests.Optimizers;

namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>Rows of one element go through the scalar twin, longer ones through the lanes.</summary>
[Trait("Category", "Kernels")]
public sealed unsafe class UpdateKernelTests
{
    private const float Nothing = 0;

    public static TheoryData<UpdateRule> Rules => UpdateRuleTests.Rules;

    [Theory]
    [MemberData(nameof(Rules))]
    public void LanesAndTheirScalarTwinAgreeToTheBit(UpdateRule rule)
    {
        for (var length = 0; length < 70; length++)
        {
            foreach (var l1 in new[] { Nothing, 0.03f })
            {
                var (lanes, scalar) = (new State(length), new State(length));
                for (var step = 1; step <= 3; step++)
                {
                    var constants = rule.At(step, 0.1f) with { L1 = l1, L2 = 0.07f, GradientScale = 0.9f };
                    lanes.Apply(rule, 1, length, constants);
                    scalar.Apply(rule, length, 1, constants);
                }
                lanes.AssertEqual(scalar, rule.Slots);
            }
        }
    }

    /// <summary>Weights, two slots and a gradient, each between zones that must stay untouched.</summary>
    private sealed class State
    {
        private readonly Guarded _weights, _slot0, _slot1, _gradient;

        public State(int length)
        {
            var rng = new Rng((ulong)length);
            _weights = new Guarded(length, () => rng.Next(8) == 0 ? 0 : rng.NextSingle() * 2 - 1);   // some exactly 0, for sign w
            _slot0 = new Guarded(length, rng.NextSingle);
            _slot1 = new Guarded(length, rng.NextSingle);
            _gradient = new Guarded(length, () => rng.NextSingle() * 2 - 1);
        }

        public void Apply(UpdateRule rule, int count, int width, in UpdateConstants constants)
        {
            rule.Apply(
                new UpdateRows
                {
                    Weights = _weights.Pointer, Slot0 = _slot0.Pointer, Slot1 = _slot1.Pointer, Gradient = _gradient.Pointer, Count = count, Width = width,
                },
                constants);
        }

        public void AssertEqual(State other, int slots)
        {
            Assert.Equal(Bits(_weights), Bits(other._weights));
            if (slots > 0) Assert.Equal(Bits(_slot0), Bits(other._slot0));
            if (slots > 1) Assert.Equal(Bits(_slot1), Bits(other._slot1));
            foreach (var guarded in new[] { _weights, _slot0, _slot1, _gradient, other._weights, other._slot0, other._slot1 }) guarded.AssertIntact();
        }

        private static int[] Bits(Guarded values) => [.. values.Span.ToArray().Select(BitConverter.SingleToInt32Bits)];
    }
}
