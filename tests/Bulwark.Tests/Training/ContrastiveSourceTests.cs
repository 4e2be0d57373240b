using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class ContrastiveSourceTests
{
    /// <summary>A drawn item counts for a user if it is not touched, and those that count share 1.</summary>
    [Fact]
    public void SharesAreThoseOfUntouchedItems()
    {
        var (source, batch) = (new ContrastiveSource(Blocks.Train, 50, 12, new Rng(1)), new ContrastiveBatch());
        for (var step = 0; step < 2 * source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            Assert.Equal(12, batch.Drawn.Count);
            var shares = batch.Shares.Tensor.Values.ToArray().Chunk(12).ToArray();
            Assert.Equal(batch.Count, shares.Length);
            for (var b = 0; b < batch.Count; b++)
            {
                var user = batch.Users.Rows[b];
                var untouched = batch.Drawn.Rows.ToArray().Select(item => !Blocks.Train.ByUser.Contains(user, item)).ToArray();
                Assert.Equal(untouched.Select(free => free ? 1f / untouched.Count(x => x) : 0), shares[b]);
            }
        }
    }
}
