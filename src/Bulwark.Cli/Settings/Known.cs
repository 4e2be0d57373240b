using Bulwark.Attacks;
using Bulwark.Attacks.Histories;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Data;
using Bulwark.Evaluation.Tuning;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;
using static Bulwark.Cli.Settings.Parse;

namespace Bulwark.Cli.Settings;

/// <summary>All settings there are.</summary>
internal static class Known
{
    public static readonly Setting<string> DataPath = new(
        "data.path", "shop", "Folder or file to read; 'shop' is the built-in generated shop", Text, "--data", "-d");
    public static readonly Setting<InputFormat?> DataFormat = new(
        "data.format", "auto", "Input format: auto, recbole, movielens, lightgcn, ncf, msap, sequences, delimited, headerless or jsonl",
        Word<InputFormat?>("input format", ("auto", null), ("recbole", InputFormat.RecBole), ("movielens", InputFormat.MovieLens),
            ("lightgcn", InputFormat.LightGcn), ("ncf", InputFormat.Ncf), ("msap", InputFormat.Msap), ("sequences", InputFormat.Sequences),
            ("delimited", InputFormat.Delimited), ("headerless", InputFormat.Headerless), ("jsonl", InputFormat.JsonLines)), "--input-format");
    public static readonly Setting<OnError> DataOnError = new(
        "data.on-error", "fail", "Rows that cannot be used: fail, skip (and count) or quarantine (and keep)",
        Word("way to treat bad rows", ("fail", OnError.Fail), ("skip", OnError.Skip), ("quarantine", OnError.Quarantine)), "--on-error");
    public static readonly Setting<int> MinInteractions = new(
        "data.min-interactions", "1", "Keep users and items with at least this many partners (k-core)", Whole(1), "--min-interactions");
    public static readonly Setting<string> Context = new(
        "data.context", "none", "What models of fields read of an event, with commas: hour, weekday (of its time, UTC), or further columns of the file; or none", Text, "--context");
    public static readonly Setting<SplitRule> Split = new(
        "data.split", "auto", "leave-last, random=80%, time=80% (time=80%+new keeps items new to training in the test), given, or auto: given, else time, else random", SplitRule.Parse, "--split");

    public static readonly Setting<string> Quarantine = new(
        "data.quarantine", "", "File of bulwark detect: accounts with a weight below a half are left out of training", Text, "--quarantine");

    public static readonly Setting<int> Shoppers = new("shop.shoppers", "2000", "Shoppers of the generated shop", Whole(1, 10_000_000), "--shop-shoppers");
    public static readonly Setting<int> Products = new("shop.products", "1000", "Products of the generated shop", Whole(2, 10_000_000), "--shop-products");
    public static readonly Setting<double> Events = new("shop.events", "40", "Mean number of events of a shopper", Number(1, 100_000));
    public static readonly Setting<int> Categories = new("shop.categories", "12", "Product categories", Whole(1, 10_000));
    public static readonly Setting<int> Brands = new("shop.brands", "40", "Brands", Whole(1, 100_000));
    public static readonly Setting<double> Noise = new("shop.noise", "0.1", "Share of visits made without regard to taste", Number(0, 1));
    public static readonly Setting<double> Drift = new("shop.drift", "0.1", "How far tastes move in a month, relative to their length", Number(0, 10));
    public static readonly Setting<int> FraudAccounts = new(
        "shop.fraud-accounts", "0", "Accounts of a planted fraud ring", Whole(0, 1_000_000), "--fraud-accounts");
    public static readonly Setting<int> FraudTargets = new("shop.fraud-targets", "3", "Products that the ring pushes", Whole(0, 1_000));

    public static readonly Setting<ulong> DataSeed = new("data.seed", "1", "Seed of the generated shop and of random splits", Seed);

    public static readonly Setting<ModelKind> Model = new("model.name", "bpr", "Model: see bulwark models", ModelKinds.Parse, "--model", "-m");
    public static readonly Setting<int> Dimension = new("model.dimension", "64", "Length of a user's and an item's row", Whole(1, 4096));
    public static readonly Setting<bool> Biases = new("model.biases", "no", "Whether users and items have biases", YesNo);
    public static readonly Setting<double> Dropout = new("model.dropout", "0", "Share of inputs dropped in training", Number(0, 0.99));
    public static readonly Setting<int> Neighbors = new("model.neighbors", "100", "How many of the nearest count, for models of neighbors", Whole(1, 1_000_000));
    public static readonly Setting<int> Length = new("model.length", "50", "The most items of a history, for models of histories", Whole(1, 10_000));

    public static readonly Setting<double> Ridge = new("model.ridge", "1", "L2 weight of a model that is worked out at once", Number(1e-9, 1e9));
    public static readonly Setting<double> Shrinkage = new(
        "model.shrinkage", "0", "Pulls what rests on few pairs to zero: similarities of neighbors, an item's own row in vbpr", Number(0, 1e6));
    public static readonly Setting<Similarity> Similarity = new(
        "model.similarity", "cosine", "What a pair counts for neighbors: cosine, 1; adjusted-cosine or pearson, its rating less a mean",
        Word("similarity", ("cosine", Bulwark.Models.Neighbors.Similarity.Cosine), ("adjusted-cosine", Bulwark.Models.Neighbors.Similarity.AdjustedCosine),
            ("pearson", Bulwark.Models.Neighbors.Similarity.Pearson)));
    public static readonly Setting<double> Asymmetry = new(
        "model.asymmetry", "0.5", "α of the similarity of neighbors: 0.5 is the cosine; less, and long rows are neighbors of fewer", Number(0, 1));
    public static readonly Setting<Weighting> Weighting = new("model.weighting", "none", "How much what few touched tells more, for neighbors: none, tf-idf or bm25",
        Word("weighting", ("none", Bulwark.Models.Neighbors.Weighting.None), ("tf-idf", Bulwark.Models.Neighbors.Weighting.TfIdf),
            ("bm25", Bulwark.Models.Neighbors.Weighting.Bm25)));
    public static readonly Setting<int> Iterations = new("model.iterations", "12", "Rounds over items and users, for ials", Whole(1, 10_000));
    public static readonly Setting<int> Layers = new("model.layers", "3", "How far rows travel over the graph, for lightgcn", Whole(0, 100));
    public static readonly Setting<int> Blocks = new("model.blocks", "2", "Blocks of a transformer", Whole(1, 100));
    public static readonly Setting<int> Heads = new("model.heads", "1", "Heads of a transformer's attention; they divide the dimension", Whole(1, 1024));
    public static readonly Setting<LossKind> Loss = new(
        "model.loss", "bpr", "What training makes small: bpr or ccl (bpr, lightgcn); sampled, full, bpr-max or binary (models of histories)", LossKinds.Parse);
    public static readonly Setting<double> UnseenWeight = new("model.unseen-weight", "0.3", "Weight of what was not touched, for ials", Number(1e-9, 1e6));
    public static readonly Setting<double> Alpha = new("model.alpha", "0.7", "Exponent of a walk's steps, for p3alpha and rp3beta", Number(0, 10));
    public static readonly Setting<double> Beta = new("model.beta", "0.2", "Exponent of the discount of popular ends, for rp3beta", Number(0, 10));

    public static readonly Setting<string> Columns = new(
        "content.columns", "auto", "Columns of items that models of content and fields read, with commas; auto for all texts, or all attributes; fields need none", Text,
        "--columns");
    public static readonly Setting<string> UserColumns = new(
        "content.user-columns", "auto", "Columns of users that models of fields read, with commas; auto for all attributes, or none", Text, "--user-columns");
    public static readonly Setting<string> ItemVectors = new(
        "content.vectors", "tf-idf", "What items' vectors are made of: tf-idf, bm25, attributes, given (columns of vectors), text (a small encoder learns it), or a BERT's folder", Text,
        "--item-vectors");
    public static readonly Setting<int> EncoderEpochs = new("content.encoder-epochs", "30", "Passes over the texts by which a small encoder learns them", Whole(1, 100_000));
    public static readonly Setting<string> VectorCache = new(
        "content.cache", "", "File that keeps the vectors of a text encoder between runs; none without one", Text, "--vector-cache");
    public static readonly Setting<int> VectorWidth = new("content.width", "64", "The most numbers of an item's vector made of texts", Whole(1, 4096));

    public static readonly Setting<bool> FineTune = new(
        "content.fine-tune", "yes", "Whether an item tower's encoder learns with the recommender; no keeps its vectors as they are", YesNo);
    public static readonly Setting<double> Profile = new(
        "content.profile", "5", "Length of a user's row at the start of an item tower, along what they touched; 0 starts at random", Number(0, 1000));

    public static readonly Setting<ModelKind[]> Members = new(
        "ensemble.members", "ease,itemknn,bpr", "The models that an ensemble is made of, with commas", List(ModelKinds.Parse), "--members");
    public static readonly Setting<int> Bags = new("ensemble.bags", "5", "Samples of users that bagging trains each of its members on", Whole(1, 1000));
    public static readonly Setting<ScoreScale> Scale = new("ensemble.scale", "standard", "How members' scores become alike: standard, range, or rank for reciprocal ranks",
        Word("scale of scores", ("standard", ScoreScales.Standard), ("range", ScoreScales.Range), ("rank", ScoreScales.ReciprocalRank())));
    public static readonly Setting<double> BagShare = new("ensemble.share", "0.8", "Share of the users in each of bagging's samples", Number(0.001, 1));

    public static readonly Setting<string> From = new(
        "transfer.from", "", "Run of the same kind of model, of other data perhaps, to start from; users and items are matched by id", Text, "--from");
    public static readonly Setting<bool> Freeze = new("transfer.freeze", "no", "Whether what was carried over whole stays as it is", YesNo);

    public static readonly Setting<int> Epochs = new("train.epochs", "30", "Passes over the training data", Whole(0, 1_000_000), "--epochs");
    public static readonly Setting<int> Batch = new("train.batch", "512", "Examples in a step", Whole(1, 10_000_000));
    public static readonly Setting<double> Rate = new("train.rate", "0.05", "Learning rate", Number(0, 1000));
    public static readonly Setting<Func<float, UpdateRule>> Optimizer = new(
        "train.optimizer", "adagrad", "adagrad, adam, adamw or sgd", Word<Func<float, UpdateRule>>(
        "optimizer", ("adagrad", rate => new Adagrad(rate)), ("adam", rate => new Adam(rate)),
        ("adamw", rate => AdamW.Of(rate)), ("sgd", rate => new Sgd(rate))));
    public static readonly Setting<NegativeSampling> Negatives = new("train.negatives", "uniform", "How items not touched are drawn: uniform or popularity",
        Word("way to draw negatives", ("uniform", NegativeSampling.Uniform), ("popularity", NegativeSampling.Popularity)));
    public static readonly Setting<int> NegativesPerClick = new(
        "train.negatives-per-click", "4", "Items not touched beside each click, for models of clicks", Whole(1, 1000));
    public static readonly Setting<int> Candidates = new(
        "train.candidates", "1", "Items drawn beside each touched one, of which the one with the highest score counts (hard negatives), for bpr losses", Whole(1, 1000));
    public static readonly Setting<int> Drawn = new(
        "train.drawn", "256", "Items drawn for a whole batch, for losses that compare with many", Whole(1, 1_000_000));
    public static readonly Setting<double> Margin = new("train.margin", "0.5", "Items less alike than that are far enough, for the loss ccl", Number(-1, 1));
    public static readonly Setting<double> DrawnWeight = new("train.drawn-weight", "10", "Weight of drawn items beside the touched one, for the loss ccl", Number(0, 1e9));
    public static readonly Setting<double> Propensity = new(
        "goal.propensity", "0", "γ: a touched item counts by its popularity to the power −γ, so that rare ones are recommended too, for bpr losses", Number(0, 4));
    public static readonly Setting<double> Correlation = new(
        "goal.correlation", "0", "λ, the weight of a second goal: that scores do not follow popularity, for bpr losses", Number(0, 1e6));
    public static readonly Setting<double> L1 = new("train.l1", "0", "L1 decay of the rows in a step", Number(0, 1000));
    public static readonly Setting<double> L2 = new("train.l2", "0", "L2 decay of the rows in a step", Number(0, 1000));
    public static readonly Setting<double> Clip = new("train.clip", "0", "Largest gradient norm; 0 for none", Number(0, 1e9));
    public static readonly Setting<int> Patience = new(
        "train.patience", "0", "Stop after so many epochs without a better validation figure, and keep the best; 0 never", Whole(0, 100_000));

    public static readonly Setting<bool> Cosine = new("train.schedule", "constant", "The learning rate's course: constant, or cosine down to zero",
        Word("schedule", ("constant", false), ("cosine", true)));
    public static readonly Setting<double> WarmUp = new("train.warm-up", "0", "Share of the steps in which the learning rate rises to its height", Number(0, 1));
    public static readonly Setting<double> Average = new(
        "train.average", "0", "Mean of the weights at the ends of epochs as the result: 1 the plain mean, below it one that forgets; 0 none", Number(0, 1));
    public static readonly Setting<int> AverageAfter = new("train.average-after", "0", "Epochs before those that the mean is of", Whole(0, 1_000_000));

    public static readonly Setting<PrivacyBudget?> Privacy = new(
        "privacy.budget", "none", "What training may give away about a user: ε or ε,δ as 8,1e-5; a batch is then so many users", PrivacyBudget.Of, "--privacy");
    public static readonly Setting<double> PrivacyClip = new("privacy.clip", "1", "Largest norm of one user's gradient under --privacy", Number(1e-9, 1e9));
    public static readonly Setting<int> Shadows = new(
        "privacy.shadows", "4", "Models trained on halves of the users to infer membership; even, at least 4; 0 for none", Whole(0, 1000), "--shadows");
    public static readonly Setting<string> Synthetic = new("privacy.synthetic", "", "File of synthetic interactions to judge", Text, "--synthetic");
    public static readonly Setting<string> Holdout = new(
        "privacy.holdout", "", "File of real interactions of users whom neither the run nor the generator has seen", Text, "--holdout");

    public static readonly Setting<bool> JudgeGenerator = new(
        "privacy.generator", "none", "Also a generator of behavior, learned from half of the users and from all: none or behavior-gan",
        Word("generator", ("none", false), ("behavior-gan", true)), "--generator");

    public static readonly Setting<bool> Augment = new(
        "augment.by", "none", "Made-up actions for users with few, in training alone: none or behavior-gan",
        Word("way to augment", ("none", false), ("behavior-gan", true)), "--augment");
    public static readonly Setting<int> AugmentBelow = new("augment.below", "6", "Users with fewer items than this get made-up ones", Whole(2, 1_000_000));
    public static readonly Setting<int> AugmentLength = new("augment.length", "20", "How many items they have with them", Whole(2, 1_000_000));
    public static readonly Setting<int> BehaviorEpochs = new(
        "behavior.epochs", "100", "Passes over the users of a generator of behavior with its critic, and as many before without", Whole(1, 1_000_000));

    public static readonly Setting<bool> Ordered = new(
        "behavior.ordered", "no", "Whether made-up people have histories in order, with times, rather than sets of items", YesNo, "--ordered");
    public static readonly Setting<Segment?> Segment = new(
        "behavior.segment", "", "Whom made-up people are to be like: gender=F or age=18..25, with commas between; without one, anybody", Settings.Segment.Of, "--segment");

    public static readonly Setting<int> HardenEpochs = new(
        "harden.epochs", "40", "Epochs with the defense, and as many without it for the control", Whole(0, 1_000_000));
    public static readonly Setting<DefenseKind> Defense = new(
        "harden.defense", "adversarial", DefenseKind.Names, DefenseKind.Parse, "--defense");
    public static readonly Setting<IAttack?> HardenAttack = new(
        "harden.attack", "", "What moves training examples, as pgd-5; of several with commas each batch draws one; by default fgsm, and for images pgd-5",
        AttackKinds.Training, "--harden-attack");
    public static readonly Setting<double> HardenEpsilon = new("harden.epsilon", "0.3", "ε of the attack in training", Number(0, 1e6));
    public static readonly Setting<double> HardenWeight = new("harden.weight", "1", "λ, the weight of the attacked loss, or of the penalty", Number(0, 1e6));

    public static readonly Setting<int> HardenRounds = new("harden.rounds", "4", "The most rounds of iterated and adaptive defenses; they share the epochs", Whole(1, 1000));
    public static readonly Setting<double> HardenTarget = new(
        "harden.target", "20%", "The share of the validation figure that an attack may take; with it reached, rounds end", Share);

    public static readonly Setting<AttackKind[]> Attacks = new(
        "attack.names", "noise,fgsm,bim-10,pgd-10", "Attacks: noise, fgsm, bim-N, pgd-N, mi-fgsm-N, apgd-N, apgd-margin-N, nes-N, spsa-N, msap for the published protocol; " +
        "on images suite, square, advgan (a generator learned from the training part), and for the shortest moves cw, deepfool, fab, jsma, hopskipjump",
        AttackKinds.Parse, "--attack");
    public static readonly Setting<float[]> Epsilons = new("attack.epsilon", "0.25,0.5,1", "ε, how far an attack may move each row, or each pixel; several with commas",
        List(text => (float)Number(0, 1e6)(text)), "--epsilon");
    public static readonly Setting<bool> OnFeatures = new(
        "attack.on", "tables", "What an attack, and a defense against it, moves: tables, the rows that were learned, or features, what is known of items",
        Word("part of a model", ("tables", false), ("features", true)), "--attack-on");
    public static readonly Setting<int> Restarts = new(
        "attack.restarts", "1", "Runs of each attack that begins at random; the worst counts", Whole(1, 1000), "--restarts");
    public static readonly Setting<PoisonKind?> Poison = new(
        "poison.attack", "", "Fake accounts instead: random, average, bandwagon, segment, love-hate, pga, bilevel, aush or leg-up", PoisonKind.Parse, "--poison");
    public static readonly Setting<string> Targets = new("poison.targets", "", "Ids of the items that fake accounts or edited texts push, with commas", Text, "--targets");
    public static readonly Setting<string> Selected = new("poison.selected", "", "Ids of items that the victims like, for segment and aush", Text, "--selected");
    public static readonly Setting<int> Accounts = new("poison.accounts", "50", "Fake accounts", Whole(0, 10_000_000), "--accounts");
    public static readonly Setting<int> Fillers = new("poison.fillers", "36", "Items of a fake account beside its targets", Whole(0, 1_000_000), "--fillers");
    public static readonly Setting<double> Goal = new(
        "poison.goal", "0", "Search how many accounts put the targets before this share of users; 0 for no search", Number(0, 1), "--goal");
    public static readonly Setting<EditKinds> History = new(
        "history.edits", "", "Edits of shoppers' histories instead: insert, delete, replace; several with commas", Edits, "--history");
    public static readonly Setting<int> MostEdits = new("history.most", "3", "The most edits of a history", Whole(1, 1000), "--edits");
    public static readonly Setting<string> Target = new("history.target", "", "Id of an item to push; without one the true next item is pushed down", Text, "--target");
    public static readonly Setting<int> Sample = new("history.sample", "1000", "Shoppers or images to attack, drawn from those of the test part", Whole(1), "--sample");
    public static readonly Setting<string> TextColumn = new(
        "text.column", "", "Edit this column of the targets instead, word by word: a title or a description", Text, "--text");
    public static readonly Setting<ReaderKind> Reader = new(
        "text.reader", "tf-idf", "Who reads the column: tf-idf, bm25, or text, a small encoder that learns it", ReaderKind.Parse, "--reader");
    public static readonly Setting<int> Words = new("text.words", "2", "Words that may be edited; a Chinese character counts as one", Whole(0, 1000), "--words");
    public static readonly Setting<double> LeastSimilarity = new(
        "text.similarity", "-1", "Least TF-IDF cosine of the edited text and the original; -1 for no limit", Number(-1, 1), "--similarity");
    public static readonly Setting<bool> Relative = new("attack.relative", "yes", "Whether every ε is a share of the table's mean row norm", YesNo);

    public static readonly Setting<int> Trials = new("tune.trials", "40", "Trials; of halving, those of its first round", Whole(1, 100_000), "--trials");
    public static readonly Setting<Func<int, Search>> Search = new("tune.search", "tpe", "tpe, random, or halving, which begins with few epochs",
        Word<Func<int, Search>>("search", ("tpe", trials => ParzenSearch.Of(trials)), ("random", RandomSearch.Of),
            ("halving", trials => SuccessiveHalving.Of(trials))), "--search");
    public static readonly Setting<Tuned[]?> Tune = new(
        "tune.settings", "auto", "What to tune, as in rate=0.001..0.1,dimension=16|32|64,dropout; auto for all that the model reads", Tunable.Parse, "--tune");

    public static readonly Setting<bool> Front = new(
        "tune.front", "no", "Whether coverage, novelty and diversity are goals too, and trials are told that no other beats in all", YesNo, "--front");

    public static readonly Setting<(string Name, Func<int, IAttack> Attack, int Steps)> GateAttack = new(
        "gate.attack", "pgd-20", "The attack of the claim, with its steps", AttackKinds.Iterative, "--attack");
    public static readonly Setting<double> GateEpsilon = new(
        "gate.epsilon", "0.5", "ε, how far it may move each row, or each pixel", Number(0, 1e6), "--epsilon");
    public static readonly Setting<double> MaxLoss = new(
        "gate.max-loss", "20%", "The largest share of the main metric that may be lost, as 20% or 0.2", Share, "--max-loss");

    public static readonly Setting<int> NoiseTries = new("gate.noise", "10000", "Tries of plain noise", Whole(1, 100_000_000), "--noise");

    public static readonly Setting<RerankKind?> Rerank = new(
        "rerank.by", "none", "Also for diversity or calibration: none, mmr, or calibrated", RerankKind.Parse, "--rerank");
    public static readonly Setting<float[]> RerankWeights = new(
        "rerank.weight", "0,0.1,0.2,0.3,0.5,0.7", "Weights of that goal beside accuracy, from 0 to 1; several with commas", List(text => (float)Number(0, 1)(text)));
    public static readonly Setting<string> RerankColumn = new("rerank.column", "category", "Column of item categories, for calibrated lists", Text);

    public static readonly Setting<string> Groups = new(
        "evaluate.groups", "", "Figures of groups instead: activity, or a column of what is known of users, beside popular and tail items", Text, "--groups");

    public static readonly Setting<int[]> TopK = new("evaluate.topk", "10", "How many items of a ranking count; several with commas", List(Whole(1)), "--topk");
    public static readonly Setting<ulong> Seed1 = new("seed", "1", "The source of all chance in training and attacks", Seed, "--seed");
    public static readonly Setting<ulong[]> Seeds = new(
        "seed", "1", "Seeds of training and attacks; several with commas give means, deviations and paired tests", List(Seed), "--seed", "--seeds");
    public static readonly Setting<int?> Threads = new(
        "threads", "auto", "Threads; results do not depend on it", text => text == "auto" ? null : Whole(1, 1024)(text), "--threads");
    public static readonly Setting<OutputFormat> Format = new("format", "table", "Standard output as table, json, csv or md", OutputFormats.Parse, "--format");
    public static readonly Setting<string> Out = new("out", "runs", "Folder that gets the run's own folder", Text, "--out");
    public static readonly Setting<string> Resume = new("resume", "", "Folder of a stopped run to go on with", Text, "--resume");

    /// <summary><see cref="DataSeed"/> with a flag.</summary>
    public static Setting<ulong> SeedOfData { get; } = DataSeed with { Flag = "--seed" };
}
