using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

/// <summary>What every formula of histories must do.</summary>
public sealed class SequenceModelTests
{
    private const int Length = 6, Users = 5, Items = 12;

    public static TheoryData<string> All => [.. SequenceCase.All.Select(@case => @case.Name)];

    public static TheoryData<string> NextItem => [.. SequenceCase.All.Where(@case => !Encoder(@case.Name).Cloze).Select(@case => @case.Name)];

    [Theory, MemberData(nameof(NextItem))]
    public void WhatComesLaterDoesNotChangeWhatCameBefore(string name)
    {
        var (encoder, at) = Large(name);
        float[] before = Encoded([1, 2, 3, 4, 5]), after = Encoded([1, 2, 3, 9, 8]);
        var width = before.Length / 5;
        Assert.Equal(before[..(3 * width)], after[..(3 * width)]);
        Assert.NotEqual(before[(3 * width)..(4 * width)], after[(3 * width)..(4 * width)]);

        float[] Encoded(int[] history) => encoder.Encode(at, Histories(history)).Values.ToArray();
    }

    [Fact]
    public void AModelThatFillsGapsSeesBothWays()
    {
        var (encoder, at) = Large("BERT4Rec, cross-entropy");
        float[] before = encoder.Encode(at, Histories([1, 2, 3])).Values[..16].ToArray(), after = encoder.Encode(at, Histories([1, 2, 4])).Values[..16].ToArray();
        Assert.NotEqual(before, after);
    }

    /// <summary>Beside longer and shorter histories a history has the rows that it has alone: there is no padding to see.</summary>
    [Theory, MemberData(nameof(All))]
    public void AHistoryIsEncodedAlikeInAnyCompany(string name)
    {
        var (encoder, at) = Large(name);
        int[][] histories = [[7], [1, 2, 3, 4, 5, 6], [4, 4], [9, 8, 7, 6]];
        var together = encoder.Encode(at, Histories(histories)).Values.ToArray();
        var alone = histories.SelectMany(history => encoder.Encode(at, Histories(history)).Values.ToArray()).ToArray();
        Assert.Equal(alone.Length, together.Length);
        for (var i = 0; i < alone.Length; i++) Assert.Equal(alone[i], together[i], 1e-5f);
    }

    [Theory, MemberData(nameof(All))]
    public void OfALongHistoryTheEndCounts(string name)
    {
        var (encoder, at) = Large(name);
        var model = new SequenceModel(encoder, Blocks.Of(Users, Items, []).ByUser);
        Assert.Equal(Scores([5, 4, 3, 2, 1, 0]), Scores([9, 9, 8, 7, 5, 4, 3, 2, 1, 0]));
        Assert.NotEqual(Scores([5, 4, 3, 2, 1, 0]), Scores([5, 4, 3, 2, 0, 1]));

        float[] Scores(int[] history) => model.ScoreHistory(at, new Ids(history))!.Values.ToArray();
    }

    /// <summary>What is hidden cannot be seen, and only the asked position tells what stands there.</summary>
    [Fact]
    public void AHiddenItemIsNotSeen()
    {
        var (encoder, at) = Large("BERT4Rec, cross-entropy");
        Assert.Equal(Encoded([1, 2, 3], 1), Encoded([1, 7, 3], 1));
        Assert.NotEqual(Encoded([1, 2, 3], 1), Encoded([1, 2, 3], 2));

        float[] Encoded(int[] history, int hidden)
        {
            var histories = Histories(history);
            var shown = histories.Shown.Refill(history.Length);
            shown.Fill(1);
            shown[hidden] = 0;
            return encoder.Encode(at, histories).Values.ToArray();
        }
    }

    [Theory, MemberData(nameof(All))]
    public void KnownUsersAreScoredByTheirHistories(string name)
    {
        var (encoder, at) = Large(name);
        int[][] histories = [[3, 1], [5, 6, 7, 8, 9, 10, 11, 0], [], [2], [1, 3]];
        var train = Blocks.Of(Users, Items, histories.SelectMany((items, user) => items.Select(item => (user, item))));
        var model = new SequenceModel(encoder, train.ByUser);
        var scores = model.ScoreAll(at, new Ids(0, 1, 2, 3, 4)).Values.ToArray().Chunk(Items).ToArray();
        Assert.All(scores[2], score => Assert.Equal(0, score));                  // no history
        Assert.NotEqual(scores[0], scores[4]);                                  // order counts
        if (!encoder.Tables.Any(table => table.Name == "users"))
            foreach (var user in new[] { 0, 1, 3, 4 }) Near(model.ScoreHistory(at, new Ids(histories[user]))!.Values, scores[user]);

        var more = (SequenceModel)model.Knowing(Blocks.Of(Users, Items, [(0, 3), (0, 1), (0, 4)]).ByUser);
        Assert.NotEqual(scores[0], more.ScoreAll(at, new Ids(0)).Values.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreAll(at, new Ids(Users)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreHistory(at, new Ids(Items)));
    }

    /// <summary>Everyone walks a circle from somewhere: the next item is known.</summary>
    [Theory, MemberData(nameof(All))]
    public void ACircleIsLearned(string name)
    {
        const int circle = 20;
        var walks = Enumerable.Range(0, 60).SelectMany(user => Enumerable.Range(0, 5 + user % 5).Select(step => (user, (user * 7 + step) % circle)));
        var trained = SequenceCase.All.Single(@case => @case.Name == name).Train(Blocks.Of(60, circle, walks), 600, 8, 0.01f);
        var (scores, right) = (new float[circle], 0);
        for (var from = 0; from < circle; from++)
        {
            int[] history = [from, (from + 1) % circle, (from + 2) % circle, (from + 3) % circle];
            trained.Recommender.ScoreHistory(history, scores);
            foreach (var item in history) scores[item] = float.NegativeInfinity;
            if (Array.IndexOf(scores, scores.Max()) == (from + 4) % circle) right++;
        }
        Assert.True(right >= circle - 1, $"{right} of {circle}");
    }

    [Theory, MemberData(nameof(All))]
    public void DropoutActsOnlyWithASourceOfRandomness(string name)
    {
        var (encoder, at) = Large(name);
        var histories = Histories([1, 2, 3], [4, 5]);
        var quiet = encoder.Encode(at, histories).Values.ToArray();
        Assert.Equal(quiet, encoder.Encode(at, histories).Values.ToArray());
        if (name is "SASRec, cross-entropy" or "GRU4Rec, BPR-max") Assert.Equal(quiet, encoder.Encode(at, histories, new Rng(1)).Values.ToArray());
        else Assert.NotEqual(quiet, encoder.Encode(at, histories, new Rng(1)).Values.ToArray());
    }

    [Fact]
    public void HistoriesMustFit()
    {
        var histories = new Sequences(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => histories.Refill([4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => histories.Refill([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sequences(0).Refill([1]));
        histories.Refill([2, 3]);
        Assert.Equal([0, 2, 5], histories.Start.Rows);
        Assert.Equal([1, 2, 0, 1, 2], histories.Places.Rows);
        Assert.Equal([1, 4], histories.Last.Rows);
        Assert.Equal(2, histories.Count);
    }

    internal static Sequences Histories(params int[][] histories)
    {
        var sequences = new Sequences(Length);
        histories.SelectMany(history => history).ToArray().CopyTo(sequences.Refill([.. histories.Select(history => history.Length)]));
        return sequences;
    }

    private static ISequenceEncoder Encoder(string name) => SequenceCase.All.Single(@case => @case.Name == name).Make(Users, Items, Length);

    /// <summary>A formula at a random point whose values are large enough to see.</summary>
    private static (ISequenceEncoder Encoder, Point At) Large(string name)
    {
        var encoder = Encoder(name);
        return (encoder, encoder.Start(new Rng(1)).Map((variable, value) => Tensor.Uniform(value.Shape, -0.5f, 0.5f, new Rng(2).Fork(variable.Name))));
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
