using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Tests.Models;

public sealed class MemoryNeedTests
{
    /// <summary>Two matrices of 30,000 × 30,000 floats are 7.2 GB.</summary>
    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        Assert.Equal(7_200_000_000, MemoryNeed.Of(30_000, 30_000, 2));
        var problem = Assert.Throws<DataException>(() => MemoryNeed.Check("EASE", 30_000, 30_000, 2, "use ItemKNN", 7_199_999_999));
        Assert.Equal("the interactions: EASE would hold 2 matrices of 30,000 × 30,000, 7.2 GB, but 7.2 GB are there; use ItemKNN.", problem.Message);
        MemoryNeed.Check("EASE", 30_000, 30_000, 2, "use ItemKNN", 7_200_000_000);
    }

    [Fact]
    public void WhatNoTensorHoldsIsRefusedOnAnyMachine()
    {
        var problem = Assert.Throws<DataException>(() => MemoryNeed.Check("EASE", 46_341, 46_341, 2, "use ItemKNN", long.MaxValue));
        Assert.Contains("a tensor holds at most", problem.Message);
        MemoryNeed.Check("EASE", 46_340, 46_340, 2, "use ItemKNN", long.MaxValue);
    }
}
