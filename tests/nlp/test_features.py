"""Messages as bags of hashed features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.features import BLOCKS, BUCKETS, TOPIC_BUCKETS, bag_of
from nlp.normalise import normalise


@given(st.text(max_size=80))
def test_a_bag_is_sorted_distinct_and_within_the_buckets(message: str) -> None:
    bag = bag_of(normalise(message))
    assert np.all(np.diff(bag.ids) > 0)
    assert len(bag.ids) == len(bag.weights)
    assert not len(bag.ids) or (bag.ids[0] >= 0 and bag.ids[-1] < BUCKETS)


def test_no_words_give_an_empty_bag() -> None:
    assert len(bag_of("").ids) == 0


def test_a_word_said_twice_counts_more_than_once_but_less_than_double() -> None:
    once, twice = bag_of("banjir"), bag_of("banjir banjir")
    shared = np.isin(twice.ids, once.ids)
    heavier = twice.weights[shared]
    assert heavier.max() > once.weights.max()
    assert heavier.max() < 2 * once.weights.max()


def test_a_sundanese_word_shares_features_with_its_indonesian_gloss() -> None:
    assert (
        np.isin(bag_of("runtah").ids, bag_of("sampah").ids).sum()
        > np.isin(bag_of("xyzqw").ids, bag_of("sampah").ids).sum()
    )


@pytest.mark.parametrize(
    ("english", "indonesian"), [("pothole", "lubang"), ("garbage", "sampah"), ("drains", "selokan")]
)
def test_an_english_word_shares_a_word_and_a_cluster_with_its_gloss(english: str, indonesian: str) -> None:
    shared = np.intersect1d(bag_of(english).ids, bag_of(indonesian).ids)
    assert (shared < BLOCKS[1]).any()
    assert ((shared >= BLOCKS[2]) & (shared < TOPIC_BUCKETS)).any()


def test_words_of_one_cluster_share_a_feature_whatever_their_spelling() -> None:
    one, two = bag_of("ambruk").ids, bag_of("longsor").ids
    clusters = one[(one >= BLOCKS[2]) & (one < TOPIC_BUCKETS)]
    assert np.isin(clusters, two).any()


def test_clusters_near_each_other_make_a_pair_that_far_ones_do_not() -> None:
    near = bag_of("kebakaran " + "dan " * 2 + "pingsan").about()
    far = bag_of("kebakaran " + "dan " * 9 + "pingsan").about()
    assert (near.ids >= BLOCKS[2]).sum() > (far.ids >= BLOCKS[2]).sum()


def test_long_numbers_differ_only_in_length() -> None:
    assert np.array_equal(bag_of("3273010101").ids, bag_of("9998887776").ids)
    assert not np.array_equal(bag_of("112").ids, bag_of("113").ids)


@given(st.text(alphabet="abc ?", max_size=60))
def test_what_a_message_is_about_is_apart_from_what_it_does(message: str) -> None:
    whole = bag_of(normalise(message))
    about = whole.about()
    assert np.array_equal(about.ids, whole.ids[whole.ids < TOPIC_BUCKETS])
    assert len(about.weights) == len(about.ids)
