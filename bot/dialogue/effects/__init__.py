"""What a turn wants done. The engine only names it; `bot.services` does it, in one transaction with the session."""

from typing import TypeAlias

from bot.dialogue.effects.batches import (
    BatchEffect,
    CompareBatch,
    DropBatch,
    FileBatch,
    FiledLine,
    FollowReport,
    Gather,
    NeighbourEffect,
    NoteContact,
    PlaceGathered,
    PutOffBatch,
    ReadBatch,
    StopFollowing,
)
from bot.dialogue.effects.campaigns import CampaignEffect, PlanCampaign, StopCampaign, WantCampaigns
from bot.dialogue.effects.desk import (
    AddProof,
    ArchiveReport,
    AskReporter,
    CallEmergency,
    CorrectFacts,
    CorrectReport,
    DeskEffect,
    DeskMove,
    JoinReports,
    MoveReport,
    OpenAgain,
    RemarkOnReport,
    ReturnReport,
    ScheduleReport,
    ShareReport,
    SplitReport,
    UndoStep,
)
from bot.dialogue.effects.group_chats import (
    AgencyGroupEffect,
    BindGroup,
    BindGroupChat,
    FileFromGroup,
    GroupTalkEffect,
    OfferGroupCode,
    PlaceFromGroup,
    ReleaseGroup,
    TakeOver,
)
from bot.dialogue.effects.kim import (
    EndGroup,
    EndMembership,
    ExtendGroup,
    FoundGroup,
    GroupEffect,
    HandOverGroup,
    InviteToGroup,
    JoinGroup,
    SayAsWitness,
    ShowAsWitness,
    StayInGroup,
    WitnessEffect,
)
from bot.dialogue.effects.persons import (
    BecomeStaff,
    DropAnswer,
    EraseMe,
    InviteStaff,
    KeepAnswer,
    LeaveStaff,
    LinkChannels,
    LinkEffect,
    MakeDataLink,
    MakeLinkCode,
    NoteWrongCode,
    OfThePerson,
    OwnData,
    UnlinkChannels,
)
from bot.dialogue.effects.referring import CloseByStaff, RecordAnswer, ReferReport, RenewLink, TakeSheet
from bot.dialogue.effects.talk import (
    AddToReport,
    AnswerClosing,
    AskForPerson,
    EndTalk,
    FindSimilar,
    JoinReport,
    NoteForPerson,
    OpenReport,
    PassOn,
    PersonEffect,
    Rate,
    ReopenReport,
    Say,
    ShowNameAs,
    Speak,
    TakenBack,
    TakeTalk,
    WakeAfter,
    WithdrawReport,
)
from bot.dialogue.effects.upkeep import ApprovePhoto, CloseDay, ClosureEffect, OpenDay, PhotoEffect, WithdrawPhoto

__all__ = [
    "AddProof",
    "AddToReport",
    "AgencyGroupEffect",
    "AnswerClosing",
    "ApprovePhoto",
    "ArchiveReport",
    "AskForPerson",
    "AskReporter",
    "BatchEffect",
    "BecomeStaff",
    "BindGroup",
    "BindGroupChat",
    "CallEmergency",
    "CampaignEffect",
    "CloseByStaff",
    "CloseDay",
    "ClosureEffect",
    "CompareBatch",
    "CorrectFacts",
    "CorrectReport",
    "DeskEffect",
    "DeskMove",
    "DropAnswer",
    "DropBatch",
    "Effect",
    "EndGroup",
    "EndMembership",
    "EndTalk",
    "EraseMe",
    "ExtendGroup",
    "FileBatch",
    "FileFromGroup",
    "FiledLine",
    "FindSimilar",
    "FollowReport",
    "FoundGroup",
    "Gather",
    "GroupEffect",
    "GroupTalkEffect",
    "HandOverGroup",
    "InviteStaff",
    "InviteToGroup",
    "JoinGroup",
    "JoinReport",
    "JoinReports",
    "KeepAnswer",
    "LeaveStaff",
    "LinkChannels",
    "LinkEffect",
    "MakeDataLink",
    "MakeLinkCode",
    "MoveReport",
    "NeighbourEffect",
    "NoteContact",
    "NoteForPerson",
    "NoteWrongCode",
    "OfThePerson",
    "OfferGroupCode",
    "OpenAgain",
    "OpenDay",
    "OpenReport",
    "OwnData",
    "PassOn",
    "PersonEffect",
    "PhotoEffect",
    "PlaceFromGroup",
    "PlaceGathered",
    "PlanCampaign",
    "PutOffBatch",
    "Rate",
    "ReadBatch",
    "RecordAnswer",
    "ReferReport",
    "ReleaseGroup",
    "RemarkOnReport",
    "RenewLink",
    "ReopenReport",
    "ReturnReport",
    "Say",
    "SayAsWitness",
    "ScheduleReport",
    "ShareReport",
    "ShowAsWitness",
    "ShowNameAs",
    "Speak",
    "SplitReport",
    "StayInGroup",
    "StopCampaign",
    "StopFollowing",
    "TakeOver",
    "TakeSheet",
    "TakeTalk",
    "TakenBack",
    "UndoStep",
    "UnlinkChannels",
    "WakeAfter",
    "WantCampaigns",
    "WithdrawPhoto",
    "WithdrawReport",
    "WitnessEffect",
]


Effect: TypeAlias = (
    Say
    | FindSimilar
    | OpenReport
    | JoinReport
    | AnswerClosing
    | ReopenReport
    | Rate
    | AddToReport
    | Speak
    | WakeAfter
    | BecomeStaff
    | CorrectReport
    | MoveReport
    | AddProof
    | DeskEffect
    | TakeSheet
    | AgencyGroupEffect
    | GroupEffect
    | PersonEffect
    | CampaignEffect
    | CompareBatch
    | BatchEffect
    | OwnData
    | PhotoEffect
    | GroupTalkEffect
    | ClosureEffect
    | LinkEffect
    | TakenBack
    | NeighbourEffect
    | WitnessEffect
)
