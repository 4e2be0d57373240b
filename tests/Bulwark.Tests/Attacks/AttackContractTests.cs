using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

/// <summary>What every attack keeps to, whatever its search: its ball, its box, and variables that stand still.</summary>
public sealed class AttackContractTests
{
    public static TheoryData<string> Names => [.. AttackWorld.Attacks.Select(attack => attack.Name)];

    [Theory, MemberData(nameof(Names))]
    public void ALargerRadiusNeverFindsLessOnALinearModel(string name)
    {
        float[] w = [1, -2, 0.5f, 0], x = [1, 1, 1, 1];
        foreach (var ball in new Func<float, Ball>[] { e => new L1Ball(e), e => new L2Ball(e), e => new LinfBall(e) })
        {
            var before = AttackWorld.Linear(w)(AttackWorld.At(x)).Item();
            foreach (var epsilon in new[] { 0, 0.1f, 0.2f, 0.5f, 1, 4 })
            {
                var found = AttackWorld.Worst(Named(name), AttackWorld.Linear(w), AttackWorld.At(x), ball(epsilon));
                if (name == "noise") break;
                Assert.True(found >= before - 1e-5f, $"ε {epsilon}: {found} after {before}");
                before = found;
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ARadiusOfZeroIsTheIdentity(string name)
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var move = Named(name).Find(Objectives.Bpr(model)(batch, null), at, new Threat(new L2Ball(0), model.Tables), new Rng(1));
        Assert.True(move.IsZero);
        Assert.Same(at, at + move);
    }

    [Theory, MemberData(nameof(Names))]
    public void OneVariableMayStandStillWhileAnotherMoves(string name)
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var threat = new Threat([(model.Users, new L2Ball(0)), (model.Items, new L2Ball(0.3f))]);
        var moved = at + Named(name).Find(Objectives.Bpr(model)(batch, null), at, threat, new Rng(1));
        Assert.Equal(at[model.Users].Values.ToArray(), moved[model.Users].Values.ToArray());
        Assert.NotEqual(at[model.Items].Values.ToArray(), moved[model.Items].Values.ToArray());
    }

    /// <summary>Measured in double precision on what is returned, row by row or over the tensor; rows the loss does not read stay.</summary>
    [Theory, MemberData(nameof(Names))]
    public void EveryMoveLiesInItsBall(string name)
    {
        const float epsilon = 0.3f;
        var (model, at, batch) = AttackWorld.Bpr();
        foreach (var (ball, norm) in new (Ball, Func<IEnumerable<double>, double>)[]
        {
            (new L1Ball(epsilon), row => row.Sum(Math.Abs)), (new L2Ball(epsilon), row => Math.Sqrt(row.Sum(x => x * x))),
            (new LinfBall(epsilon), row => row.Max(Math.Abs)), (new L1Ball(epsilon, Per.Tensor), row => row.Sum(Math.Abs)),
            (new L2Ball(epsilon, Per.Tensor), row => Math.Sqrt(row.Sum(x => x * x))), (new MsapBall(epsilon), row => row.Max(Math.Abs)),
        })
        {
            var move = Named(name).Find(Objectives.Bpr(model)(batch, null), at, new Threat(ball, model.Tables), new Rng(1));
            foreach (var table in model.Tables)
            {
                var values = move[table].Values.ToArray().Select(x => (double)x).ToArray();
                foreach (var row in ball.Per == Per.Row ? values.Chunk(6) : [values]) Assert.InRange(norm(row), 0, epsilon * 1.00001);
                Assert.All(values[^12..], x => Assert.Equal(0, x));
                Assert.Contains(values, x => x != 0);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void EveryMoveLiesInTheBox(string name)
    {
        var rng = new Rng(3);
        for (var trial = 0; trial < 20; trial++)
        {
            var at = AttackWorld.At([.. Enumerable.Range(0, 9).Select(i => i % 3 == 0 ? rng.Next(2) : rng.NextSingle())]);   // some on the edge
            var threat = new Threat(new L2Ball(1.5f), AttackWorld.X) { Box = (0, 1) };
            var moved = (at + Named(name).Find(AttackWorld.Linear(AttackWorld.Draw(rng, 9)), at, threat, rng))[AttackWorld.X].Values.ToArray();
            Assert.All(moved, value => Assert.InRange(value, 0f, 1f));
            Assert.NotEqual(at[AttackWorld.X].Values.ToArray(), moved);
        }
    }

    private static IAttack Named(string name) => AttackWorld.Attacks.Single(attack => attack.Name == name).Attack;
}
