/** The API's values as the pages name them; their shapes are generated from docs/openapi.yaml. */
import type { components, operations } from './schema'

type Schemas = components['schemas']

/** All fields are there in answers: the schema leaves out "required" where a request may omit them. */
export type Profile = Required<Schemas['Me']>
export type ProfileChange = Schemas['PatchedMeRequest']
export type Language = Schemas['LanguageEnum']

/** What older copies of the catalogue lack may be missing. */
export type Exercise = Omit<Schemas['Exercise'], 'offered' | 'own'> &
  Partial<Pick<Schemas['Exercise'], 'offered' | 'own'>>
export type OwnExercise = Schemas['OwnExercise']
export type OwnExerciseGiven = Schemas['OwnGivenRequest']
export type CoachCue = Schemas['Cue']
export type Home = Schemas['Home']

export type Workout = Schemas['Workout']
export type PainArea = Schemas['PainAreaEnum']
export type WorkoutDetail = Schemas['WorkoutDetail']
export type WorkoutPage = Schemas['WorkoutPage']
export type WorkoutSet = Schemas['Set']
export type SetDetail = Schemas['SetDetail']
/** What a set can be trained with; one that was imported has another. */
export type Source = Schemas['SetStartSourceEnum']
export type Tempo = Schemas['Tempo']
export type Rep = Schemas['Rep']
export type Attempt = Schemas['Attempt']
export type Finding = Schemas['Finding']
export type Correction = Schemas['Correction']
export type SetDetails = Schemas['PatchedSetDetailsRequest']
export type SetFrames = Schemas['Frames']

export type TrendSeries = Schemas['TrendSeries']
export type TrendPoint = Schemas['TrendPoint']
export type TrendSlope = Schemas['Slope']
export type Trends = Schemas['Trends']
export type TrainingLoad = Schemas['Load']
export type Consistency = Schemas['Consistency']
export type Records = Schemas['Records']
export type ExerciseRecords = Schemas['ExerciseRecords']
export type BestEver = Schemas['Record']
export type TrainedDay = Schemas['TrainedDay']
export type Period = NonNullable<NonNullable<operations['trends_list']['parameters']['query']>['period']>
export type Span = NonNullable<NonNullable<operations['trends_list']['parameters']['query']>['by']>
