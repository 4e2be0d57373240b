using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

public sealed class NoiseTests
{
    /// <summary>As long as an attack's step, on the rows an attack would move, and in another direction with another seed.</summary>
    [Fact]
    public void MovesTheRowsOfAnAttackByTheFullRadius()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (loss, threat) = (Objectives.Bpr(model)(batch, null), new Threat(new L2Ball(0.3f), model.Tables));
        var (noise, attack) = (new Noise().Find(loss, at, threat, new Rng(1)), GradientAscent.Fgsm.Find(loss, at, threat, new Rng(1)));
        foreach (var table in model.Tables)
        {
            Assert.Equal(attack[table].StoredRows.ToArray(), noise[table].StoredRows.ToArray());
            Assert.All(noise[table].Stored.Values.ToArray().Chunk(6), row => Assert.Equal(0.3, Math.Sqrt(row.Sum(x => (double)x * x)), 1e-5));
        }
        Assert.NotEqual(noise[model.Users].Values.ToArray(), new Noise().Find(loss, at, threat, new Rng(2))[model.Users].Values.ToArray());
        Assert.Equal(noise[model.Users].Values.ToArray(), new Noise().Find(loss, at, threat, new Rng(1))[model.Users].Values.ToArray());
    }

    /// <summary>Directions are independent of the gradient: their mean inner product with it is near 0, where an attack's is its norm.</summary>
    [Fact]
    public void DoesNotKnowTheGradient()
    {
        var (loss, at, threat) = (AttackWorld.Linear(1, 2, -2), AttackWorld.At(0, 0, 0), new Threat(new L2Ball(1), AttackWorld.X));
        var rises = Enumerable.Range(0, 2000).Select(seed => loss(at + new Noise().Find(loss, at, threat, new Rng((ulong)seed))).Item()).ToArray();
        Assert.Equal(0, rises.Average(), 0.15);                // deviation 3 / √3 a draw, .04 of the mean
        Assert.Equal(3, Math.Sqrt(rises.Average(x => x * x) * 3), 0.15);
    }

    /// <summary>Of many tries the worst is kept, of each example; and what has no gradient is moved all the same.</summary>
    [Fact]
    public void ManyTriesKeepTheWorstOfEachExample()
    {
        var (at, threat) = (AttackWorld.Batch(5, 3, 1), new Threat(new L2Ball(1), AttackWorld.X));
        Loss loss = point => point[AttackWorld.X].Fixed().Sum(-1);
        float[] one = Losses(new Noise()), many = Losses(new Noise(200));
        for (var b = 0; b < 5; b++) Assert.InRange(many[b] - loss(at).Values[b], 1.5f, 1.7321f);   // √3 along (1, 1, 1)
        Assert.True(many.Sum() > one.Sum());
        Assert.NotEqual(loss(at).Values.ToArray(), one);

        float[] Losses(Noise noise) => loss(at + noise.Find(loss, at, threat, new Rng(1))).Values.ToArray();
    }
}
